/** The files that a mail brings: each with a name that says what it is, those in a winmail.dat on their own. */
import { buffer } from 'node:stream/consumers'
import { simpleParser, type AttachmentStream } from 'mailparser'
import { nameFor } from './attachment-name.ts'
import type { KeepFile, KeptFile } from './kept-files.ts'
import { filesOfTnef } from './tnef.ts'

export interface MailFile extends KeptFile {
  name: string
  type: string
  /** Content-ID without brackets, by which the HTML may name it. */
  cid?: string
  /** How it begins. */
  head: Buffer
}

/** What is looked at of a file: the headers of a mail in a mail, a report of non-delivery. */
const HEAD_BYTES = 64 * 1024

export async function filesIn(
  { filename, contentType, content, cid }: AttachmentStream,
  keep: KeepFile,
): Promise<MailFile[]> {
  let source = content as AsyncIterable<Buffer>
  if (/^application\/(vnd\.)?ms-tnef$/i.test(contentType) || /^winmail\.dat$/i.test(filename ?? '')) {
    // Its parts have no order that could be read in passing.
    const packed = await buffer(source)
    const unpacked = filesOfTnef(packed)
    if (unpacked) return await Promise.all(unpacked.map((file) => keptWhole(file, keep)))
    source = once(packed)
  }
  const { head, all } = await beginningOf(source)
  const name = filename ?? (await unnamed(contentType, head))
  return [{ name, type: contentType, ...(cid ? { cid } : {}), head, ...(await keep(all)) }]
}

async function keptWhole(
  { bytes, ...file }: { name: string; type: string; bytes: Uint8Array; cid?: string },
  keep: KeepFile,
): Promise<MailFile> {
  return { ...file, head: Buffer.from(bytes.subarray(0, HEAD_BYTES)), ...(await keep(once(bytes))) }
}

async function* once<Bytes extends Uint8Array>(bytes: Bytes): AsyncGenerator<Bytes> {
  yield bytes
}

/** Its first bytes, and all of it with them. */
async function beginningOf(content: AsyncIterable<Buffer>) {
  const chunks: Buffer[] = []
  let size = 0
  const iterator = content[Symbol.asyncIterator]()
  let isOver = false
  while (size < HEAD_BYTES && !isOver) {
    const { done, value } = await iterator.next()
    if (done === true) isOver = true
    else {
      chunks.push(value)
      size += value.length
    }
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* chunks.splice(0)
    if (!isOver) yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(chunks).subarray(0, HEAD_BYTES), all: all() }
}

async function unnamed(type: string, head: Buffer): Promise<string> {
  if (type.toLowerCase() === 'message/rfc822') return `${(await subjectOf(head)) || 'message'}.eml`
  // RFC 3156 §4: the second part of an encrypted mail promises nothing by its type.
  if (head.subarray(0, 100).toString('latin1').trimStart().startsWith('-----BEGIN PGP MESSAGE-----'))
    return 'encrypted.asc'
  return nameFor(type)
}

/** As it reads; what would be a path in it is none. */
async function subjectOf(start: Buffer): Promise<string> {
  const end = /\r?\n\r?\n/.exec(start.toString('latin1'))?.index ?? start.length
  const { subject } = await simpleParser(start.subarray(0, end), { skipTextToHtml: true })
  return (subject ?? '').replace(/[/\\]/g, '-').trim().slice(0, 200)
}
