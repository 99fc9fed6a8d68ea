/**
 * A name that is safe to store, show and save under (OWASP ASVS 5.0 5.3): no path, no control or direction-changing
 * character, no name a Windows disk reserves, at most 255 bytes of UTF-8; the extension is kept. Accents are composed
 * (NFC), as every disk but a Mac's old one writes them: one name, one writing.
 */
export function safeFileName(given: string, maxBytes = 255): string {
  const base = (given.split(/[/\\]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
  const trimmed = base.replace(/^[\s.]+/, '').replace(/[\s.]+$/, '')
  const named = trimmed === '' ? 'document' : trimmed
  const unreserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(named) ? `_${named}` : named
  return shorten(unreserved, maxBytes)
}

function shorten(name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : ''
  const characters = Array.from(name.slice(0, name.length - extension.length))
  while (Buffer.byteLength(characters.join('')) + Buffer.byteLength(extension) > maxBytes) characters.pop()
  return characters.join('') + extension
}
