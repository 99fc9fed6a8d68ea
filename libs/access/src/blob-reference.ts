/** The owner of a blob hands out a reference that anyone in the house can follow until it expires, and nobody can make. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secrets } from './secrets.ts'

export interface BlobReference {
  blobId: string
  expires: Temporal.Instant
}

const PURPOSE = 'blob-reference'

/** `<blob id>.<unix seconds>.<HMAC-SHA256>`, safe in a URL. The blob id may hold anything but is base64url in it. */
export function signBlobReference(secrets: Secrets, reference: BlobReference): string {
  const seconds = Math.floor(reference.expires.epochMilliseconds / 1000)
  const signed = `${Buffer.from(reference.blobId, 'utf8').toString('base64url')}.${seconds}`
  return `${signed}.${mac(secrets, signed).toString('base64url')}`
}

/** undefined: forged, altered or expired; the asker is told no more than that. */
export function verifyBlobReference(
  secrets: Secrets,
  text: string,
  now: Temporal.Instant,
): BlobReference | undefined {
  const [blob, seconds, given, ...rest] = text.split('.')
  if (!blob || !seconds || !given || rest.length > 0 || !/^\d{1,12}$/.test(seconds)) return undefined
  const signature = Buffer.from(given, 'base64url')
  const expected = mac(secrets, `${blob}.${seconds}`)
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined
  const expires = Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1000)
  if (Temporal.Instant.compare(expires, now) <= 0) return undefined
  return { blobId: Buffer.from(blob, 'base64url').toString('utf8'), expires }
}

function mac(secrets: Secrets, text: string): Buffer {
  return createHmac('sha256', secrets.key(PURPOSE)).update(text).digest()
}
