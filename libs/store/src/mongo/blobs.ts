/** Contents in MongoDB: small ones a document each, large ones in GridFS with random ids and their SHA-256. */
import { createHash } from 'node:crypto'
import { Binary, GridFSBucket, type Db } from 'mongodb'
import { BlobMissing, BlobTooLarge, type BlobInfo, type Blobs } from '../store.ts'

const SMALL_BYTES = 64 * 1024
const ID = /^[0-9a-f-]{36}$/

interface Row {
  _id: string
  size: number
  sha256: string
  bytes: Binary | null
}

export async function createMongoBlobs(db: Db): Promise<Blobs> {
  const rows = db.collection<Row>('blobs')
  const bucket = new GridFSBucket(db, {
    bucketName: 'blobFiles',
    writeConcern: { w: 'majority', journal: true },
  })
  // GridFS looks for its files by name here: our ids are names, so that a put that is repeated is the same blob.
  await db.collection('blobFiles.files').createIndex({ filename: 1 })

  async function rowOf(id: string): Promise<Row> {
    const row = ID.test(id) ? await rows.findOne({ _id: id }) : null
    if (!row) throw new BlobMissing('no such blob')
    return row
  }

  /** Another put of the same id was first: written once, never changed. */
  async function insert(row: Row): Promise<void> {
    await rows.insertOne(row).catch((error: unknown) => {
      if ((error as { code?: number }).code !== 11_000) throw error
    })
  }

  async function putLarge(
    id: string,
    chunks: AsyncIterator<Uint8Array>,
    head: Uint8Array,
    maxBytes: number,
  ): Promise<BlobInfo> {
    const upload = bucket.openUploadStream(id)
    const hash = createHash('sha256')
    let size = 0
    try {
      for (let chunk: Uint8Array | undefined = head; chunk; chunk = await next(chunks)) {
        size += chunk.length
        if (size > maxBytes) throw new BlobTooLarge(`more than ${maxBytes} bytes`)
        hash.update(chunk)
        if (!upload.write(Buffer.from(chunk))) await new Promise((resolve) => upload.once('drain', resolve))
      }
      await new Promise<void>((resolve, reject) => {
        upload.once('finish', () => resolve())
        upload.once('error', reject)
        upload.end()
      })
    } catch (error) {
      await upload.abort().catch(() => undefined)
      await chunks.return?.()
      throw error
    }
    const info = { id, size, sha256: hash.digest('hex') }
    await insert({ _id: id, size, sha256: info.sha256, bytes: null })
    return info
  }

  return {
    put: async (id, content, options) => {
      if (!ID.test(id)) throw new TypeError('a blob id is a UUID from newBlobId()')
      const maxBytes = options?.maxBytes ?? Infinity
      const source = (content instanceof Uint8Array ? once(content) : content)[Symbol.asyncIterator]()
      const chunks: Uint8Array[] = []
      let size = 0
      for (let chunk = await next(source); chunk; chunk = await next(source)) {
        chunks.push(chunk)
        size += chunk.length
        if (size > maxBytes) {
          await source.return?.()
          throw new BlobTooLarge(`more than ${maxBytes} bytes`)
        }
        if (size > SMALL_BYTES) return await putLarge(id, source, Buffer.concat(chunks), maxBytes)
      }
      const bytes = Buffer.concat(chunks)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await insert({ _id: id, size, sha256, bytes: new Binary(bytes) })
      return { id, size, sha256 }
    },
    read: async (id) => {
      const { bytes } = await rowOf(id)
      if (bytes) return new Uint8Array(bytes.buffer)
      const parts: Uint8Array[] = []
      for await (const chunk of bucket.openDownloadStreamByName(id)) parts.push(chunk as Uint8Array)
      return Buffer.concat(parts)
    },
    open: async (id) => {
      const { size, sha256, bytes } = await rowOf(id)
      const stream: AsyncIterable<Uint8Array> = bytes
        ? once(new Uint8Array(bytes.buffer))
        : bucket.openDownloadStreamByName(id)
      return { id, size, sha256, stream }
    },
    info: async (id) => {
      const row = ID.test(id) ? await rows.findOne({ _id: id }, { projection: { bytes: 0 } }) : null
      return row ? { id, size: row.size, sha256: row.sha256 } : undefined
    },
    remove: async (id) => {
      if (!ID.test(id)) return
      await rows.deleteOne({ _id: id })
      for await (const file of bucket.find({ filename: id })) await bucket.delete(file._id)
    },
  }
}

async function next(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const { done, value } = await iterator.next()
  return done === true ? undefined : value
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
