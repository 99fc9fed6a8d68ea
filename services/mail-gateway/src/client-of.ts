/**
 * Which host handed a mail to the house: the first hop outside our own servers. Each of ours wrote, on top of what
 * came before, from whom it got the mail; anything below the first stranger is the stranger's word. Pure.
 */
import { BlockList, isIP } from 'node:net'

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

/**
 * @param direct who spoke SMTP with us; null over IMAP, where the server of the mailbox got the mail
 * @param received the values of the Received headers, the topmost first
 * @returns undefined where nothing tells: no relay of ours wrote whom it got the mail from
 */
export function clientOf(
  direct: Client | null,
  received: readonly string[],
  relays: BlockList,
): Client | undefined {
  if (direct && !isRelay(relays, direct.ip)) return direct
  for (const value of received) {
    const hop = hopOf(value)
    // Handed on inside one machine (LMTP, a pipe): no address, nothing said.
    if (!hop) continue
    if (isRelay(relays, hop.ip) || (direct === null && isRelay(INSIDE, hop.ip))) continue
    return hop
  }
  return undefined
}

/**
 * `from HELO (name [192.0.2.1]) by …` (RFC 5321 §4.4) and the common departures from it: `from [192.0.2.1] (helo=…)`
 * (Exim), `[IPv6:2001:db8::1]`, Exchange's bare `(192.0.2.1)`.
 */
function hopOf(value: string): Client | undefined {
  const from = /^\s*from\s+(.*?)(?:\s+by\s|$)/is.exec(value)?.[1]
  if (from === undefined) return undefined
  const candidates = [
    ...from.matchAll(/\[(?:IPv6:)?([0-9a-f.:]{3,45})\]/gi),
    ...from.matchAll(/\((?:IPv6:)?([0-9a-f.:]{7,45})\)/gi),
  ].map(([, address]) => address ?? '')
  const ip = candidates.find((address) => familyOf(address) !== undefined)
  if (ip === undefined) return undefined
  const helo = /\bhelo=([^\s)]+)/i.exec(from)?.[1] ?? /^([^\s([]+)/.exec(from)?.[1] ?? null
  return { ip, helo }
}
