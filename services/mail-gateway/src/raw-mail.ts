/** A mail as it came: a small one is held, a large one opened each time it is gone through. */
import { Readable } from 'node:stream'
import type { BlobInfo } from '@guichet/store'
import type { ReceivedMail } from './collections.ts'
import type { Context } from './context.ts'

/** Bytes. Beyond this, neither a mail nor its files are held. */
const LARGE = 1024 * 1024

export type RawMail =
  { bytes: Uint8Array } | { open: () => Promise<BlobInfo & { stream: AsyncIterable<Uint8Array> }> }

/** @throws BlobMissing */
export async function rawOf({ parts }: Context, { size, rawBlobId }: ReceivedMail): Promise<RawMail> {
  const { blobs } = parts.store
  return size > LARGE ? { open: () => blobs.open(rawBlobId) } : { bytes: await blobs.read(rawBlobId) }
}

/** As libraries take it that go through a mail once. */
export async function inputOf(raw: RawMail): Promise<Buffer | Readable> {
  if ('open' in raw) return Readable.from((await raw.open()).stream, { objectMode: false })
  const { buffer, byteOffset, byteLength } = raw.bytes
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}
