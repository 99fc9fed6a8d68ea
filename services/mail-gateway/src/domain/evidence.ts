/** What checks of a mail found, ours or those of somebody whom the house believes, and whether it proves the sender. Pure. */
import { getDomain } from 'tldts'

export interface Checked {
  /** As in RFC 8601 §2.7, in lower case. */
  result: string
  domain: string
}

/** Each is undefined where nobody checked. */
export interface Evidence {
  /** Of the envelope's sender (RFC 7208). */
  spf?: Checked
  /** Of each signature (RFC 6376). */
  dkim?: Checked[]
  /** Of the From header's domain; `policy` is what that domain asks for, where it was written down. */
  dmarc?: Checked & { policy?: string }
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/**
 * Relaxed alignment (RFC 7489 §3.1): the same organisational domain by the public suffix list, never a suffix such as
 * `co.uk` or `github.io` itself.
 */
export function isAligned(from: string, authenticated: string | undefined): boolean {
  const options = { allowPrivateDomains: true }
  const [own, other] = [getDomain(from, options), getDomain(authenticated ?? '', options)]
  return own !== null && own === other
}

/**
 * A signature by a domain that stands for this From, over other words than those that came. Of a mail that proves its
 * sender otherwise it says nothing; of another, that it was changed on its way, or that somebody made the signature up.
 */
export const isBroken = ({ dkim = [] }: Evidence, from: string): boolean =>
  dkim.some(({ result, domain }) => result === 'fail' && isAligned(domainOf(from), domain))

/** Whether a domain that stands for this From vouches for the mail. Whoever found that DMARC fails, found no proof. */
export function proves({ spf, dkim, dmarc }: Evidence, from: string): boolean {
  const own = domainOf(from)
  if (dmarc?.domain === own && dmarc.result === 'pass') return true
  if (dmarc?.domain === own && dmarc.result === 'fail') return false
  return [...(spf ? [spf] : []), ...(dkim ?? [])].some(
    ({ result, domain }) => result === 'pass' && isAligned(own, domain),
  )
}
