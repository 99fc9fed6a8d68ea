/** Reads a raw mail: MIME, charsets that lie, HTML made harmless. Runs in a worker with a limit of time and memory. */
import { convert } from 'html-to-text'
import { simpleParser, type AddressObject, type ParsedMail as Parsed } from 'mailparser'
import sanitizeHtml from 'sanitize-html'
import { foldQuotes } from '../domain/fold-quotes.ts'
import { readBounce } from '../domain/read-bounce.ts'
import { nameFor } from './attachment-name.ts'
import { flatText } from './flat-text.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** Deeper nesting is nobody's writing, and overflows the converter's stack. */
const MAX_DEPTH = 150
const MAX_HTML = 2 * 1024 * 1024

export async function readMail(raw: Uint8Array): Promise<ParsedMail> {
  const parsed = await simpleParser(Buffer.from(raw), {
    skipTextToHtml: true,
    skipImageLinks: true,
    skipHtmlToText: true,
    maxHtmlLengthToParse: MAX_HTML,
  })
  const given = typeof parsed.html === 'string' ? parsed.html : null
  const html = given === null ? null : sanitized(given)
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
    attachments: parsed.attachments.map(({ filename, contentType, content }) => ({
      name: filename ?? nameFor(contentType),
      type: contentType,
      bytes: content,
    })),
    bounce: bounceOf(parsed, headers, text),
  }
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

/** A strict list of what may stay; nothing active, nothing that fetches (spec/security.md line 11). */
function sanitized(html: string): string | null {
  if (html.length > MAX_HTML || depthOf(html) > MAX_DEPTH) return null
  return sanitizeHtml(html, {
    allowedTags: [
      'p',
      'br',
      'div',
      'span',
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'a',
      'ul',
      'ol',
      'li',
      'blockquote',
      'pre',
      'code',
      'h1',
      'h2',
      'h3',
      'h4',
      'hr',
      'table',
      'thead',
      'tbody',
      'tr',
      'td',
      'th',
    ],
    allowedAttributes: { a: ['href', 'title'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: {
      a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow', target: '_blank' }),
    },
    nestingLimit: MAX_DEPTH,
  })
}

/** The deepest nesting, counted without building anything; no tag's end is looked for: 100,000 that never end are cheap. */
function depthOf(html: string): number {
  let depth = 0
  let deepest = 0
  for (const [, closing, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b/gi)) {
    if (/^(br|hr|img|meta|link|input|area|base|col|embed|source|track|wbr)$/i.test(name ?? '')) continue
    depth = Math.max(0, depth + (closing ? -1 : 1))
    deepest = Math.max(deepest, depth)
  }
  return deepest
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
    selectors: [{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } }],
  })
}

function bounceOf(parsed: Parsed, headers: [string, string[]][], text: string): ParsedMail['bounce'] {
  const report = parsed.attachments.find(({ contentType }) => contentType === 'message/delivery-status')
  return readBounce(new Map(headers), text, report?.content.toString('utf8') ?? null)
}
