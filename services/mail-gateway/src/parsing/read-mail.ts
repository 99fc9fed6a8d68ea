/** Reads a raw mail: MIME, charsets that lie, HTML made harmless. Runs in a worker with a limit of time and memory. */
import { convert } from 'html-to-text'
import { simpleParser, type AddressObject, type ParsedMail as Parsed } from 'mailparser'
import { foldQuotes } from '../domain/fold-quotes.ts'
import { readBounce } from '../domain/read-bounce.ts'
import { filesOf, type MailFile } from './files-of.ts'
import { flatText } from './flat-text.ts'
import { harmless, isPicture, MAX_DEPTH, MAX_HTML } from './harmless-html.ts'
import type { ParsedMail } from './parsed-mail.ts'

export async function readMail(raw: Uint8Array): Promise<ParsedMail> {
  const parsed = await simpleParser(Buffer.from(raw.buffer as ArrayBuffer, raw.byteOffset, raw.byteLength), {
    // A mail in the mail is a file, and not words of this one.
    ignoreEmbedded: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipHtmlToText: true,
    maxHtmlLengthToParse: MAX_HTML,
  })
  const files = await filesOf(parsed.attachments)
  const given = typeof parsed.html === 'string' ? parsed.html : null
  const html = given === null ? null : harmless(given, picturesOf(files))
  const headers = headersOf(parsed)
  const text = parsed.text?.trim() ? parsed.text : wordsOf(given, html)
  return {
    headers,
    from: addressesOf(parsed.from),
    to: addressesOf(parsed.to),
    cc: addressesOf(parsed.cc),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? null,
    text,
    ...foldedFrom(text),
    html,
    attachments: files.map(({ name, type, bytes }) => ({ name, type, bytes })),
    bounce: bounceOf(parsed, headers, text),
  }
}

/** Which file a `cid:` means, by its place among them; of two of one name the first. */
function picturesOf(files: readonly MailFile[]): ReadonlyMap<string, number> {
  const pictures = new Map<string, number>()
  for (const [index, { cid, type }] of files.entries())
    if (cid && isPicture(type) && !pictures.has(cid)) pictures.set(cid, index)
  return pictures
}

function headersOf(parsed: Parsed): [string, string[]][] {
  const headers = new Map<string, string[]>()
  for (const { key, line } of parsed.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim()
    headers.set(key, [...(headers.get(key) ?? []), value])
  }
  return [...headers]
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  const objects = field === undefined ? [] : Array.isArray(field) ? field : [field]
  return objects
    .flatMap(({ value }) => value)
    .flatMap(({ address, group }) =>
      address ? [address] : (group ?? []).flatMap((each) => each.address ?? []),
    )
}

/** An HTML that is not shown is read all the same: a customer wrote it. */
function wordsOf(given: string | null, html: string | null): string {
  if (html !== null) return plain(html)
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

function bounceOf(parsed: Parsed, headers: [string, string[]][], text: string): ParsedMail['bounce'] {
  const report = parsed.attachments.find(({ contentType }) => contentType === 'message/delivery-status')
  return readBounce(new Map(headers), text, report?.content.toString('utf8') ?? null)
}
