/** Reads a raw mail: MIME, charsets that lie, HTML made harmless. Runs in a worker with a limit of time and memory. */
import type { Readable } from 'node:stream'
import { convert } from 'html-to-text'
import type { AddressObject, HeaderLines, HeaderValue } from 'mailparser'
import { foldQuotes } from '../domain/fold-quotes.ts'
import { readBounce } from '../domain/read-bounce.ts'
import { filesIn, type MailFile } from './files-of.ts'
import { flatText } from './flat-text.ts'
import { harmless, isPicture, MAX_DEPTH, MAX_HTML } from './harmless-html.ts'
import { keepInMemory, type KeepFile } from './kept-files.ts'
import { partsOf } from './mail-parts.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** Characters of HTML whose layout becomes lines; more would cost the reader its second on a slow machine. */
const MAX_CONVERTED = 1024 * 1024

/** @param keep where its files go; into memory, unless said otherwise. */
export async function readMail(
  raw: Uint8Array | Readable,
  keep: KeepFile = keepInMemory,
): Promise<ParsedMail> {
  const parts = await partsOf(raw, (part) => filesIn(part, keep))
  const { headers: fields, html: given, files } = parts
  const html = given === null ? null : harmless(given, picturesOf(files))
  const headers = headersOf(parts.headerLines)
  const text = parts.text?.trim() ? parts.text : wordsOf(given, html)
  return {
    headers,
    from: addressesOf(fields.get('from')),
    to: addressesOf(fields.get('to')),
    cc: addressesOf(fields.get('cc')),
    subject: stringOf(fields.get('subject')) ?? '',
    messageId: stringOf(fields.get('message-id')),
    text,
    ...foldedFrom(text),
    html,
    attachments: files.map(({ name, type, size, sha256, content }) => ({
      name,
      type,
      size,
      sha256,
      content,
    })),
    bounce: readBounce(new Map(headers), text, reportIn(files)),
  }
}

const stringOf = (value: HeaderValue | undefined): string | null => (typeof value === 'string' ? value : null)

function reportIn(files: readonly MailFile[]): string | null {
  return files.find(({ type }) => type === 'message/delivery-status')?.head.toString('utf8') ?? null
}

/** Which file a `cid:` means, by its place among them; of two of one name the first. */
function picturesOf(files: readonly MailFile[]): ReadonlyMap<string, number> {
  const pictures = new Map<string, number>()
  for (const [index, { cid, type }] of files.entries())
    if (cid && isPicture(type) && !pictures.has(cid)) pictures.set(cid, index)
  return pictures
}

function headersOf(lines: HeaderLines): [string, string[]][] {
  const headers = new Map<string, string[]>()
  for (const { key, line } of lines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim()
    headers.set(key, [...(headers.get(key) ?? []), value])
  }
  return [...headers]
}

/** The parser makes addresses of these fields, one object for each time they occur. */
function addressesOf(field: HeaderValue | undefined): string[] {
  const objects = (field === undefined ? [] : Array.isArray(field) ? field : [field]) as AddressObject[]
  return objects
    .flatMap(({ value }) => value)
    .flatMap(({ address, group }) =>
      address ? [address] : (group ?? []).flatMap((each) => each.address ?? []),
    )
}

/** An HTML that is not shown, or is longer than people write, is read all the same: a customer sent it. */
function wordsOf(given: string | null, html: string | null): string {
  if (html !== null) return html.length > MAX_CONVERTED ? flatText(html) : plain(html)
  return given === null ? '' : flatText(given)
}

function foldedFrom(body: string): Pick<ParsedMail, 'said' | 'quoted'> {
  const { text, quoted } = foldQuotes(body)
  return { said: text, quoted }
}

function plain(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxDepth: MAX_DEPTH, maxInputLength: MAX_HTML },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'img', format: 'skip' },
    ],
  })
}
