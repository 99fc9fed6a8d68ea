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

/**
 * What parts are called that came without a name, as the programs that read them call them: S/MIME (RFC 8551, 3.2.1),
 * PGP (RFC 3156), Outlook's TNEF, and what customers send most.
 */
const NAMES: Readonly<Record<string, string>> = {
  'message/rfc822': 'message.eml',
  'text/calendar': 'invitation.ics',
  'text/vcard': 'contact.vcf',
  'text/plain': 'texte.txt',
  'text/html': 'page.html',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/pgp-signature': 'signature.asc',
  'application/pgp-encrypted': 'version.asc',
  'application/pgp-keys': 'keys.asc',
  'application/ms-tnef': 'winmail.dat',
  'application/vnd.ms-tnef': 'winmail.dat',
  'application/pdf': 'document.pdf',
  'application/zip': 'archive.zip',
  'image/png': 'image.png',
  'image/jpeg': 'image.jpg',
  'image/gif': 'image.gif',
  'image/webp': 'image.webp',
  'image/heic': 'image.heic',
}

export function nameFor(type: string): string {
  const known = type.toLowerCase()
  return Object.hasOwn(NAMES, known) ? (NAMES[known] ?? 'document') : 'document'
}

/** A media type, or the one that promises nothing. */
export function typeOf(given: string): string {
  return /^[a-z0-9][\w.+-]{0,100}\/[a-z0-9][\w.+-]{0,100}$/i.test(given)
    ? given.toLowerCase()
    : 'application/octet-stream'
}
