/** What may stand at the head of an invoice. Pure. */
import type { FieldFault } from '@guichet/contracts/failure'

/** It goes into every invoice: a logo is small. */
export const MOST_LOGO_BYTES = 300_000

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]

/** undefined: it may be tried. */
export function imageFault(bytes: Uint8Array): FieldFault | undefined {
  if (bytes.length > MOST_LOGO_BYTES) return { path: 'files', code: 'logo-too-large' }
  const begins = (signature: number[]) => signature.every((byte, at) => bytes[at] === byte)
  if (begins(PNG)) return undefined
  if (!begins(JPEG)) return { path: 'files', code: 'logo-not-an-image' }
  // Printers' colours: PDF/A-3 wants a profile for them that nobody gave (clause 6.2.4.3).
  return colourChannels(bytes) === 4 ? { path: 'files', code: 'logo-unreadable' } : undefined
}

/** Of a JPEG's first frame header (ITU-T T.81, B.2.2); undefined where there is none. */
function colourChannels(bytes: Uint8Array): number | undefined {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return bytes[at + 9]
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
  }
  return undefined
}
