/** Files into one zip, streamed: what it holds is never in memory at once. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface ZippedFile {
  name: string
  bytes: Uint8Array
  /** The day it is dated by in the archive. */
  day: string
}

export async function* zipOf(files: AsyncIterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  let fault: Error | undefined
  const zip = new Zip((error, chunk) => {
    if (error) fault = error
    else ready.push(chunk)
  })
  const taken = () => {
    if (fault) throw fault
    const chunks = ready
    ready = []
    return chunks
  }
  for await (const { name, bytes, day } of files) {
    // A PDF is packed already.
    const entry = name.endsWith('.pdf') ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    entry.mtime = `${day}T12:00:00`
    zip.add(entry)
    entry.push(bytes, true)
    yield* taken()
  }
  zip.end()
  yield* taken()
}
