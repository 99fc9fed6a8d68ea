/** MIME, taken apart as it comes: headers and texts are held, files go by as streams, one after the other. */
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  MailParser,
  type AttachmentStream,
  type HeaderLines,
  type Headers,
  type MessageText,
} from 'mailparser'
import { MAX_HTML } from './harmless-html.ts'

export interface MailParts<File> {
  headers: Headers
  headerLines: HeaderLines
  text: string | undefined
  html: string | null
  files: File[]
}

/** @param takeFile reads the part to its end, or rejects: then the whole mail is given up. */
export async function partsOf<File>(
  source: Uint8Array | Readable,
  takeFile: (part: AttachmentStream) => Promise<File[]>,
): Promise<MailParts<File>> {
  const parser = new MailParser({
    // A mail in the mail is a file, and not words of this one.
    ignoreEmbedded: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipHtmlToText: true,
    maxHtmlLengthToParse: MAX_HTML,
    checksumAlgo: false,
  } as ConstructorParameters<typeof MailParser>[0])
  const parts: MailParts<File> = {
    headers: new Map(),
    headerLines: [],
    text: undefined,
    html: null,
    files: [],
  }
  let taken: Promise<void> = Promise.resolve()
  parser.on('headers', (headers) => {
    parts.headers = headers
    parts.headerLines = (parser as unknown as { headerLines: HeaderLines }).headerLines
  })
  parser.on('data', (data: AttachmentStream | MessageText) => {
    if (data.type === 'text') {
      parts.text = data.text
      parts.html = typeof data.html === 'string' ? data.html : null
      return
    }
    // The parser goes on to the next part when this one is released.
    taken = taken.then(async () => parts.files.push(...(await takeFile(data)))).then(() => data.release?.())
    taken.catch((error: Error) => parser.destroy(error))
  })
  if (source instanceof Uint8Array) {
    parser.end(Buffer.from(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength))
    await ended(parser)
  } else await Promise.all([pipeline(source, parser), ended(parser)])
  await taken
  return parts
}

function ended(parser: MailParser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('end', resolve)
    parser.once('error', reject)
  })
}
