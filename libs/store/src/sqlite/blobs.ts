/** Small contents lie in the database, in the transaction that refers to them; large ones are files, fsynced first. */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, mkdirSync, rmSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import {
  BlobMissing,
  BlobTooLarge,
  type BlobInfo,
  type Blobs,
  type NewBlob,
  type PutOptions,
} from '../store.ts'
import { prepareWrite } from './database.ts'
import type { Writer } from './writer.ts'

/** Below this a row in the same fsync is cheaper than a file with its own. */
export const INLINE_BYTES = 64 * 1024
const ID = /^[0-9a-f-]{36}$/

export interface SqliteBlobs extends Blobs {
  /** Inside a transaction. */
  insertSmall: (blob: NewBlob) => void
  /** Before a transaction: what is too large for a row becomes a file, loose until `keep`. The rest comes back. */
  storeLarge: (blobs: readonly NewBlob[]) => Promise<NewBlob[]>
  /** Inside the transaction that refers to them. */
  keep: (ids: Iterable<string>) => void
  /** After it, whatever came of it: those that were put for it need no longer be remembered. */
  listed: (ids: Iterable<string>) => void
}

interface Row {
  size: number
  sha256: string
  bytes: Uint8Array | null
}

export function createBlobs(db: DatabaseSync, folder: string, writer: Writer): SqliteBlobs {
  const insert = prepareWrite(
    db,
    'INSERT INTO blobs (id, size, sha256, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const select = db.prepare('SELECT size, sha256, bytes FROM blobs WHERE id = ?')
  const describe = db.prepare('SELECT size, sha256 FROM blobs WHERE id = ?')
  const remove = prepareWrite(db, 'DELETE FROM blobs WHERE id = ?')
  const loosen = prepareWrite(db, 'INSERT OR IGNORE INTO loose_blobs (id, at) VALUES (?, ?)')
  const hold = prepareWrite(db, 'DELETE FROM loose_blobs WHERE id = ?')
  const removeLoose = prepareWrite(
    db,
    'DELETE FROM blobs WHERE id = ? AND EXISTS (SELECT 1 FROM loose_blobs l WHERE l.id = blobs.id)',
  )
  const isLoose = db.prepare('SELECT 1 FROM loose_blobs WHERE id = ?')
  const looseBefore = db.prepare('SELECT id FROM loose_blobs WHERE at < ? ORDER BY id LIMIT 1000')

  /** Their files are whole and named; their rows are written by the commits that keep them. */
  const unlisted = new Map<string, BlobInfo>()
  // One process has this folder: what is unfinished now will never be finished.
  const unfinished = join(folder, 'unfinished')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })

  function pathOf(id: string): string {
    return join(folder, id.slice(-2), id.slice(-4, -2), id)
  }

  function rowOf(id: string): Row {
    const row = ID.test(id) ? (select.get(id) as Row | undefined) : undefined
    if (!row) throw new BlobMissing(`no blob ${ID.test(id) ? id : 'of that id'}`)
    return row
  }

  /** False: it was there. */
  function insertSmall({ id, bytes }: NewBlob): boolean {
    return Number(insert.run(requireId(id), bytes.length, sha256(bytes), bytes).changes) === 1
  }

  async function put(
    id: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    { maxBytes = Infinity, keptNext = false }: PutOptions = {},
  ): Promise<BlobInfo> {
    requireId(id)
    const { head, rest } = await headOf(content, maxBytes)
    if (!rest) {
      await writer.write(() => {
        if (insertSmall({ id, bytes: head })) loosen.run(id, Date.now())
      })
      return { id, size: head.length, sha256: sha256(head) }
    }
    // Before the file has its name: what a crash leaves of it is found by its mark. A repeat of what is kept stays kept.
    const marked = describe.get(id) ? Promise.resolve() : writer.write(() => void loosen.run(id, Date.now()))
    // Looked at below; if the content breaks off first, nobody waits for it.
    marked.catch(() => undefined)
    const info = await writeFile(id, head, rest, { maxBytes, marked })
    if (keptNext) unlisted.set(id, info)
    else await writer.write(() => insert.run(id, info.size, info.sha256, null))
    return info
  }

  /** Temporary name, fsync, rename, fsync of the folder: a name that exists has its whole content. */
  async function writeFile(
    id: string,
    head: Uint8Array,
    rest: AsyncIterator<Uint8Array>,
    { maxBytes, marked }: { maxBytes: number; marked: Promise<void> },
  ): Promise<BlobInfo> {
    const path = pathOf(id)
    const temporary = join(unfinished, `${id}.${randomBytes(6).toString('hex')}`)
    const hash = createHash('sha256')
    let size = 0
    const file = await open(temporary, 'wx')
    try {
      for (let chunk: Uint8Array | undefined = head; chunk !== undefined; chunk = await nextOf(rest)) {
        size += chunk.length
        if (size > maxBytes) throw new BlobTooLarge(`more than ${maxBytes} bytes`)
        hash.update(chunk)
        await file.write(chunk)
      }
      await file.sync()
      await file.close()
      await marked
      await mkdir(dirname(path), { recursive: true })
      await rename(temporary, path)
      await syncFolder(dirname(path))
    } catch (error) {
      await file.close().catch(() => undefined)
      await rm(temporary, { force: true })
      await rest.return?.()
      throw error
    }
    return { id, size, sha256: hash.digest('hex') }
  }

  /** With what an earlier version left beside it, under temporary names. */
  async function removeFiles(id: string): Promise<void> {
    unlisted.delete(id)
    const path = pathOf(id)
    const names = await readdir(dirname(path)).catch(() => [])
    for (const name of names)
      if (name.startsWith(basename(path))) await rm(join(dirname(path), name), { force: true })
  }

  async function sweepOne(id: string): Promise<boolean> {
    const isSwept = await writer.write(() => {
      removeLoose.run(id)
      return isLoose.get(id) !== undefined
    })
    if (!isSwept) return false
    await removeFiles(id)
    await writer.write(() => hold.run(id))
    return true
  }

  return {
    insertSmall: (blob) => void insertSmall(blob),
    keep: (ids) => {
      for (const id of ids) {
        const info = unlisted.get(id)
        if (info) insert.run(id, info.size, info.sha256, null)
        hold.run(id)
      }
    },
    listed: (ids) => {
      for (const id of ids) unlisted.delete(id)
    },
    storeLarge: async (blobs) => {
      const small: NewBlob[] = []
      for (const blob of blobs) {
        if (blob.bytes.length <= INLINE_BYTES) small.push(blob)
        else await put(blob.id, blob.bytes, { keptNext: true })
      }
      return small
    },
    put,
    read: async (id) => {
      const { bytes } = rowOf(id)
      return bytes ?? (await readFile(pathOf(id)))
    },
    open: (id) => {
      const { size, sha256: hash, bytes } = rowOf(id)
      const stream =
        bytes === null ? (createReadStream(pathOf(id)) as AsyncIterable<Uint8Array>) : once(bytes)
      return Promise.resolve({ id, size, sha256: hash, stream })
    },
    info: (id) => {
      const row = ID.test(id) ? (describe.get(id) as Omit<Row, 'bytes'> | undefined) : undefined
      return Promise.resolve(row && { id, size: row.size, sha256: row.sha256 })
    },
    remove: async (id) => {
      if (!ID.test(id)) return
      await writer.write(() => {
        remove.run(id)
        hold.run(id)
      })
      unlisted.delete(id)
      await rm(pathOf(id), { force: true })
    },
    sweepLoose: async (before) => {
      let swept = 0
      for (let rows = looseBefore.all(before); rows.length > 0; rows = looseBefore.all(before))
        for (const { id } of rows as { id: string }[]) swept += (await sweepOne(id)) ? 1 : 0
      return swept
    },
  }
}

/** All of a small content, or its beginning with the rest to come. */
async function headOf(content: Uint8Array | AsyncIterable<Uint8Array>, maxBytes: number) {
  const chunks: Uint8Array[] = []
  let size = 0
  const iterator = (content instanceof Uint8Array ? once(content) : content)[Symbol.asyncIterator]()
  for (let chunk = await nextOf(iterator); chunk !== undefined; chunk = await nextOf(iterator)) {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBytes) {
      await iterator.return?.()
      throw new BlobTooLarge(`more than ${maxBytes} bytes`)
    }
    if (size > INLINE_BYTES) return { head: Buffer.concat(chunks), rest: iterator }
  }
  return { head: Buffer.concat(chunks), rest: undefined }
}

async function nextOf(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const { done, value } = await iterator.next()
  return done === true ? undefined : value
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync()
  await folder.close()
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function requireId(id: string): string {
  if (!ID.test(id)) throw new TypeError('a blob id is a UUID from newBlobId()')
  return id
}
