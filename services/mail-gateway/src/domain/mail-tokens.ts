/** Signed plus-addresses: `sos+1001.<mac>@…` leads back to its ticket, `sos+bounce.<id>.<mac>@…` to the mail we sent. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** 80 bits: mail systems fold case and limit the local part to 64 octets (RFC 5321 §4.5.3.1.1). */
const MAC_BYTES = 10
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

function base32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('')
}

function macOf(key: Uint8Array, said: string): string {
  return base32(createHmac('sha256', key).update(said).digest().subarray(0, MAC_BYTES))
}

function isRight(key: Uint8Array, said: string, mac: string): boolean {
  const expected = Buffer.from(macOf(key, said))
  const given = Buffer.from(mac.toLowerCase())
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** `sos@exeko.be` → `sos+1001.xxxxxxxxxxxxxxxx@exeko.be`. */
export function ticketAddress(key: Uint8Array, supportAddress: string, ticket: number): string {
  const [local, domain] = split(supportAddress)
  return `${local}+${ticket}.${macOf(key, `ticket:${ticket}`)}@${domain}`
}

export function bounceAddress(key: Uint8Array, supportAddress: string, outgoingId: string): string {
  const [local, domain] = split(supportAddress)
  const id = outgoingId.replaceAll('-', '')
  return `${local}+b.${id}.${macOf(key, `bounce:${id}`)}@${domain}`
}

export type Recipient =
  { kind: 'support' } | { kind: 'ticket'; ticket: number } | { kind: 'bounce'; outgoingId: string }

/** undefined: not an address of ours. A token that is not right leads nowhere; the mail is for support all the same. */
export function readRecipient(
  key: Uint8Array,
  supportAddress: string,
  address: string,
): Recipient | undefined {
  const [local, domain] = split(supportAddress)
  const [givenLocal, givenDomain] = split(address)
  if (givenDomain.toLowerCase() !== domain.toLowerCase()) return undefined
  const [base, ...rest] = givenLocal.toLowerCase().split('+')
  if (base !== local.toLowerCase()) return undefined
  const token = rest.join('+')
  const ticket = /^(\d{1,10})\.([a-z2-7]{16})$/.exec(token)
  if (ticket && isRight(key, `ticket:${ticket[1]}`, ticket[2] ?? ''))
    return { kind: 'ticket', ticket: Number(ticket[1]) }
  const bounce = /^b\.([0-9a-f]{32})\.([a-z2-7]{16})$/.exec(token)
  if (bounce && isRight(key, `bounce:${bounce[1]}`, bounce[2] ?? ''))
    return { kind: 'bounce', outgoingId: withDashes(bounce[1] ?? '') }
  return { kind: 'support' }
}

function withDashes(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function split(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
}
