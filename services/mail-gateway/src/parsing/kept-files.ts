/** Where a file of a mail goes while it is read: into memory with a small mail, elsewhere as a stream with a large one. */
import { createHash } from 'node:crypto'

/** Of small mails the bytes; of large ones the blob that holds them. */
export type FileContent = { bytes: Uint8Array } | { blobId: string }

export interface KeptFile {
  size: number
  /** Hex. */
  sha256: string
  content: FileContent
}

export type KeepFile = (content: AsyncIterable<Uint8Array>) => Promise<KeptFile>

export const keepInMemory: KeepFile = async (content) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), content: { bytes } }
}

/** @param write hands the content on under this id, and resolves when that has taken all of it. */
export function keepAsBlobs(
  newId: () => string,
  write: (blobId: string, content: AsyncIterable<Uint8Array>) => Promise<void>,
): KeepFile {
  return async (content) => {
    const blobId = newId()
    const hash = createHash('sha256')
    let size = 0
    async function* counted() {
      for await (const chunk of content) {
        size += chunk.length
        hash.update(chunk)
        yield chunk
      }
    }
    await write(blobId, counted())
    return { size, sha256: hash.digest('hex'), content: { blobId } }
  }
}
