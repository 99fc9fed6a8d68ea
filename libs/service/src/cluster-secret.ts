/** The one secret that all processes of a deployment share: given, or made once and kept in DATA_DIR. */
import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartFault } from './start-fault.ts'

export const CLUSTER_SECRET_FILE = join('secrets', 'cluster-secret')

/** 32 bytes or more. @throws StartFault when DATA_DIR cannot be written or the file is damaged. */
export async function loadClusterSecret(options: { given?: string; dataDir: string }): Promise<Uint8Array> {
  if (options.given !== undefined) return Buffer.from(options.given, 'utf8')
  const path = join(options.dataDir, CLUSTER_SECRET_FILE)
  try {
    const text = (await read(path)) ?? (await make(path))
    if (text.length >= 32) return Buffer.from(text, 'utf8')
  } catch (error) {
    throw new StartFault(`DATA_DIR: ${reason(error)}: give a folder that this process may write`)
  }
  throw new StartFault(`${path} is damaged: put back its content from a backup, or set CLUSTER_SECRET`)
}

async function read(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Written aside, then linked into place: of two processes that race, one wins and both read the winner's. */
async function make(path: string): Promise<string> {
  const folder = join(path, '..')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const aside = `${path}.${randomBytes(8).toString('hex')}`
  const file = await open(aside, 'wx', 0o600)
  try {
    // Whatever the umask says.
    await chmod(aside, 0o600)
    await file.writeFile(`${randomBytes(32).toString('base64url')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(aside, path)
    await syncFolder(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(aside, { force: true })
  }
  return (await readFile(path, 'utf8')).trim()
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function reason(error: unknown): string {
  const { code, path } = error as NodeJS.ErrnoException
  return `${path ?? 'the folder'} cannot be used (${code ?? 'unknown'})`
}
