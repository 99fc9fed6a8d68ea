import { createHash } from 'node:crypto'

/**
 * The id of what a caller creates under an Idempotency-Key: the same owner and key give the same id, so a repeat
 * finds the first one. Owner is the account's id (or the event's consumer): one's keys are worthless to another.
 * Shape: a UUID (RFC 9562 version 8) of SHA-256.
 */
export function idFromKey(owner: string, key: string): string {
  const hash = createHash('sha256').update(`${owner.length}:${owner}:${key}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
