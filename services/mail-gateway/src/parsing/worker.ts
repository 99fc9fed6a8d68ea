import { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { parentPort } from 'node:worker_threads'
import { newBlobId } from '@guichet/store'
import { keepAsBlobs } from './kept-files.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { readMail } from './read-mail.ts'

/** A small mail whole, a large one as a stream: its files then go back as streams too. */
export interface Asked {
  id: number
  raw: Uint8Array | ReadableStream<Uint8Array>
}

/** What parsers make of a file is lines; what crosses between threads is worth its message. */
const CHUNK_BYTES = 64 * 1024

parentPort?.on('message', ({ id, raw }: Asked) => {
  read(id, raw).then(
    (mail) => parentPort?.postMessage({ id, mail }, ownedBy(mail)),
    (error: unknown) =>
      parentPort?.postMessage({ id, error: error instanceof Error ? error.name : 'unreadable' }),
  )
})

function read(id: number, raw: Asked['raw']): Promise<ParsedMail> {
  if (raw instanceof Uint8Array) return readMail(raw)
  const files = keepAsBlobs(newBlobId, (blobId, content) => handOver(id, blobId, content))
  return readMail(Readable.fromWeb(raw), files)
}

/** Resolves when the other side has taken all of it. */
function handOver(id: number, file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  async function* watched() {
    let isWhole = false
    try {
      yield* inChunks(content)
      isWhole = true
    } finally {
      if (isWhole) resolve()
      else reject(new Error('nobody takes this file'))
    }
  }
  const stream = ReadableStream.from(watched())
  parentPort?.postMessage({ id, file, stream }, [stream])
  return promise
}

async function* inChunks(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    held.push(chunk)
    size += chunk.length
    if (size < CHUNK_BYTES) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}

/** Contents of files that are handed over as they are; the others, that share their memory, are copied. */
function ownedBy({ attachments }: ParsedMail): ArrayBuffer[] {
  const whole = attachments.flatMap(({ content }) => {
    if (!('bytes' in content)) return []
    const { buffer, byteLength } = content.bytes
    return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0 ? [buffer] : []
  })
  return [...new Set(whole)]
}

parentPort?.postMessage({})
