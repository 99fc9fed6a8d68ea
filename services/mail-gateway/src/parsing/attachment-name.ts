/** Files' names as they may be stored and shown: no path, no control or direction-changing character, none twice. */
import { safeFileName } from '@guichet/contracts/values/file-name'

/** As any uploaded file's, with room for a number behind it. */
const MAX_BYTES = 255 - ' (99999)'.length

/** In their order. Two that would be called the same, once cleaned and whatever their capitals, are told apart. */
export function attachmentNames(given: readonly string[]): string[] {
  const taken = new Set<string>()
  return given.map((each) => {
    const name = safeFileName(each, MAX_BYTES)
    let free = name
    for (let copy = 2; taken.has(free.toLowerCase()); copy += 1) free = numbered(name, copy)
    taken.add(free.toLowerCase())
    return free
  })
}

function numbered(name: string, copy: number): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${copy})${name.slice(dot)}` : `${name} (${copy})`
}

/** A media type, or the one that promises nothing. */
export function typeOf(given: string): string {
  return /^[a-z0-9][\w.+-]{0,100}\/[a-z0-9][\w.+-]{0,100}$/i.test(given)
    ? given.toLowerCase()
    : 'application/octet-stream'
}
