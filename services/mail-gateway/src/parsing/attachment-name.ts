/** A file's name as it may be stored and shown: no path, no control or direction-changing character, never twice the same. */
const MAX_BYTES = 255

export function attachmentName(given: string, taken: readonly string[]): string {
  const base = (given.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const name = shortened(base || 'document')
  const repeats = taken.filter((each) => each === given).length
  if (repeats === 0) return name
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${repeats + 1})${name.slice(dot)}` : `${name} (${repeats + 1})`
}

function shortened(name: string): string {
  const characters = [...name]
  while (Buffer.byteLength(characters.join('')) > MAX_BYTES - 8) characters.pop()
  return characters.join('')
}

/** A media type, or the one that promises nothing. */
export function typeOf(given: string): string {
  return /^[a-z0-9][\w.+-]{0,100}\/[a-z0-9][\w.+-]{0,100}$/i.test(given)
    ? given.toLowerCase()
    : 'application/octet-stream'
}
