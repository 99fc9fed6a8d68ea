/**
 * Contents in MongoDB: small ones a document each, large ones in GridFS with random ids and their SHA-256. A content
 * is marked loose with its first write; the document that refers to it says so in its own write (`refs`), and only
 * then the mark goes. So a crash at any point leaves a mark too many, never a reference to nothing: the sweep asks
 * the documents before it takes one.
 */
import { createHash } from 'node:crypto'
import { Binary, GridFSBucket, ObjectId, type Db } from 'mongodb'
import { BlobMissing, BlobTooLarge, type BlobInfo, type Blobs } from '../store.ts'

const SMALL_BYTES = 64 * 1024
const ID = /^[0-9a-f-]{36}$/
const DUPLICATE_KEY = 11_000

interface Row {
  _id: string
  size: number
  sha256: string
  bytes: Binary | null
  /** Of a large content. */
  file?: ObjectId
  /** The upload has not ended, perhaps never will: nobody is given it. */
  isUploading?: true
  /** ms since 1970. */
  looseAt?: number
}

export interface MongoBlobs extends Blobs {
  /** After the write that refers to them. */
  keep(ids: readonly string[]): Promise<void>
}

/** `isReferred` asks every collection. */
export async function createMongoBlobs(
  db: Db,
  isReferred: (id: string) => Promise<boolean>,
): Promise<MongoBlobs> {
  const rows = db.collection<Row>('blobs')
  const bucket = new GridFSBucket(db, {
    bucketName: 'blobFiles',
    writeConcern: { w: 'majority', journal: true },
  })
  await rows.createIndex({ looseAt: 1 }, { sparse: true })

  async function rowOf(id: string): Promise<Row> {
    const row = ID.test(id) ? await rows.findOne({ _id: id }) : null
    if (!row || row.isUploading) throw new BlobMissing('no such blob')
    return row
  }

  /** Written once: a put that is repeated is the same blob. */
  async function insert(row: Row): Promise<void> {
    await rows.insertOne(row).catch((error: unknown) => {
      if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error
    })
  }

  async function putLarge(
    id: string,
    chunks: AsyncIterator<Uint8Array>,
    head: Uint8Array,
    maxBytes: number,
  ): Promise<BlobInfo> {
    const file = new ObjectId()
    // Before the content: whatever a crash leaves of it is found by this row.
    await insert({ _id: id, size: 0, sha256: '', bytes: null, file, isUploading: true, looseAt: Date.now() })
    const upload = bucket.openUploadStreamWithId(file, id)
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
    const sha256 = hash.digest('hex')
    const { matchedCount } = await rows.updateOne(
      { _id: id, isUploading: true },
      { $set: { size, sha256, file }, $unset: { isUploading: 1 } },
    )
    if (matchedCount === 0) await bucket.delete(file)
    return { id, size, sha256 }
  }

  async function removeFile({ _id, file }: Pick<Row, '_id' | 'file'>): Promise<void> {
    for await (const found of bucket.find({ filename: _id })) await bucket.delete(found._id)
    // An upload that never ended has chunks and no file.
    if (file) await db.collection('blobFiles.chunks').deleteMany({ files_id: file })
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
      await insert({ _id: id, size, sha256, bytes: new Binary(bytes), looseAt: Date.now() })
      return { id, size, sha256 }
    },
    read: async (id) => {
      const { bytes, file } = await rowOf(id)
      if (bytes) return new Uint8Array(bytes.buffer)
      const parts: Uint8Array[] = []
      for await (const chunk of bucket.openDownloadStream(file ?? new ObjectId()))
        parts.push(chunk as Uint8Array)
      return Buffer.concat(parts)
    },
    open: async (id) => {
      const { size, sha256, bytes, file } = await rowOf(id)
      const stream: AsyncIterable<Uint8Array> = bytes
        ? once(new Uint8Array(bytes.buffer))
        : bucket.openDownloadStream(file ?? new ObjectId())
      return { id, size, sha256, stream }
    },
    info: async (id) => {
      const row = ID.test(id) ? await rows.findOne({ _id: id }, { projection: { bytes: 0 } }) : null
      return row && !row.isUploading ? { id, size: row.size, sha256: row.sha256 } : undefined
    },
    remove: async (id) => {
      const row = ID.test(id) ? await rows.findOneAndDelete({ _id: id }, { projection: { file: 1 } }) : null
      if (row) await removeFile(row)
    },
    keep: async (ids) => {
      if (ids.length > 0) await rows.updateMany({ _id: { $in: [...ids] } }, { $unset: { looseAt: 1 } })
    },
    sweepLoose: async (before) => {
      let swept = 0
      const loose = rows.find({ looseAt: { $lt: before } }, { projection: { file: 1 } })
      for await (const row of loose) {
        if (await isReferred(row._id)) {
          await rows.updateOne({ _id: row._id }, { $unset: { looseAt: 1 } })
          continue
        }
        await removeFile(row)
        await rows.deleteOne({ _id: row._id })
        swept += 1
      }
      return swept
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
