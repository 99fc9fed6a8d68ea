/**
 * Which host handed a mail to the house: the first hop outside our own servers. Each of ours wrote, on top of what
 * came before, from whom it got the mail; anything below the first stranger is the stranger's word. Pure.
 */
import { BlockList, isIP } from 'node:net'
import { getClientAddress, parseReceived } from 'mailauth/lib/parse-received.js'

export interface Client {
  ip: string
  helo: string | null
}

/** Addresses and ranges (`10.0.0.0/8`, `fd00::/8`), comma-separated. What is neither is left out. */
export function relayList(setting: string): BlockList {
  const list = new BlockList()
  for (const each of setting.split(',').map((part) => part.trim())) {
    const [address = '', bits] = each.split('/')
    const family = familyOf(address)
    if (family === undefined) continue
    if (bits === undefined) list.addAddress(address, family)
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 'ipv4' ? 32 : 128))
      list.addSubnet(address, Number(bits), family)
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined
}

export function isRelay(list: BlockList, address: string): boolean {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const family = familyOf(bare)
  return family !== undefined && list.check(bare, family)
}

/** What a mailbox's own servers say among themselves: over IMAP they are the house's, whatever is configured. */
const INSIDE = relayList('127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7, fe80::/10')

export interface Arrival {
  /** undefined where nothing tells: no relay of ours wrote whom it got the mail from. */
  client: Client | undefined
  /** How many of the topmost Received fields are our servers', the last being of the one that took it from the client. */
  own: number
}

/**
 * @param direct who spoke SMTP with us; null over IMAP, where the server of the mailbox got the mail
 * @param received the Received fields, their name included, the topmost first
 */
export function arrivalOf(
  direct: Client | null,
  received: readonly (Uint8Array | string)[],
  relays: BlockList,
): Arrival {
  if (direct && !isRelay(relays, direct.ip)) return { client: direct, own: 0 }
  for (const [index, field] of received.entries()) {
    const hop = hopOf(field)
    if (hop === 'unreadable') break
    // Handed on inside one machine (LMTP, a pipe): no address, nothing said.
    if (hop === 'inside') continue
    if (isRelay(relays, hop.ip) || (direct === null && isRelay(INSIDE, hop.ip))) continue
    return { client: hop, own: index + 1 }
  }
  return { client: undefined, own: 0 }
}

/**
 * `from HELO (name [192.0.2.1]) by …` (RFC 5321 §4.4) and the common departures from it: `from [192.0.2.1] (helo=…)`
 * (Exim), `[IPv6:2001:db8::1]`, the bare `(192.0.2.1)` of Exchange. What stands before the parentheses is what the
 * client calls itself, and may be the address of somebody else.
 */
function hopOf(field: Uint8Array | string): Client | 'inside' | 'unreadable' {
  const parsed = parseReceived(Buffer.from(field).toString('latin1'))
  const from = parsed ? parsed.from : undefined
  if (!parsed || !from) return 'inside'
  const comment = from.comment ?? ''
  const bare =
    comment
      .split(/\s+/)
      .at(-1)
      ?.replace(/^IPv6:/i, '') ?? ''
  const ip = getClientAddress(from) || (familyOf(bare) === undefined ? undefined : bare)
  // By SMTP it came from somebody, only not said from whom: below may be anybody's word.
  if (ip === undefined) return /^e?smtp/i.test(parsed.with?.value ?? '') ? 'unreadable' : 'inside'
  const helo = /\bhelo[= ]([^\s)]+)/i.exec(comment)?.[1] ?? from.value.split(/[\s([]/)[0]
  return { ip, helo: helo || null }
}
