/** HTML of strangers, with nothing left in it that acts or fetches (spec/security.md, 11). */
import sanitizeHtml, { type Attributes } from 'sanitize-html'

/** Deeper nesting is nobody's writing, and overflows the converter's stack. */
export const MAX_DEPTH = 150
export const MAX_HTML = 2 * 1024 * 1024

/** No span: without its attributes it does nothing, and mails hold thousands. */
const ALLOWED_TAGS =
  'p br div b strong i em u s a ul ol li blockquote pre code h1 h2 h3 h4 hr table thead tbody tr td th img'

/** What a browser draws and nothing in it runs: no SVG. */
export const isPicture = (type: string): boolean => /^image\/(png|jpe?g|gif|webp|bmp)$/i.test(type)

/**
 * A strict list of what may stay. A picture of the mail itself is `<img src="cid:2">`, its place among the attachments;
 * one on somebody's server is `<img data-remote="https://…">`, which no browser fetches.
 * @param pictures place of the attachment, by its Content-ID without brackets
 * @returns null when it is longer or deeper than anybody writes
 */
export function harmless(html: string, pictures: ReadonlyMap<string, number>): string | null {
  if (html.length > MAX_HTML || depthOf(html) > MAX_DEPTH) return null
  return sanitizeHtml(html, {
    allowedTags: ALLOWED_TAGS.split(' '),
    allowedAttributes: {
      a: ['href', 'title', 'rel', 'target'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      img: ['src', 'data-remote', 'alt', 'width', 'height'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['cid'] },
    allowProtocolRelative: false,
    transformTags: {
      a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow', target: '_blank' }),
      img: (_tag, given) => ({ tagName: 'img', attribs: picture(given, pictures) }),
    },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'img' && attribs['src'] === undefined && attribs['data-remote'] === undefined,
    nestingLimit: MAX_DEPTH,
  })
}

function picture(given: Attributes, pictures: ReadonlyMap<string, number>): Attributes {
  const source = sourceOf(given['src']?.trim() ?? '', pictures)
  if (!source) return {}
  const size = Object.fromEntries(
    ['width', 'height'].flatMap((side) => {
      const pixels = given[side] ?? ''
      return /^\d{1,4}$/.test(pixels) ? [[side, pixels]] : []
    }),
  )
  // The source comes first: whoever fills it in finds it there.
  return { ...source, alt: given['alt'] ?? '', ...size }
}

function sourceOf(src: string, pictures: ReadonlyMap<string, number>): Attributes | undefined {
  if (/^cid:/i.test(src)) {
    const id = src.slice('cid:'.length)
    const place = pictures.get(id) ?? pictures.get(decoded(id))
    return place === undefined ? undefined : { src: `cid:${place}` }
  }
  const url = /^(https?:)?\/\//i.test(src) ? URL.parse(src, 'https://remote.invalid') : null
  return url && url.username === '' ? { 'data-remote': url.href } : undefined
}

/** RFC 2392: a `cid:` is percent-encoded; many write it as it is. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/** Puts the attachments' ids in place of their places among them. */
export function withAttachmentIds(html: string, ids: readonly string[]): string {
  return html.replace(/(<img src="cid:)(\d+)(?=")/g, (_all, before: string, place: string) => {
    return before + (ids[Number(place)] ?? '')
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
