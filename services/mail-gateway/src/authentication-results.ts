/**
 * What the house's own mail servers found, as they wrote it down (RFC 8601). The field is text that anybody can write
 * too: it counts where a sender cannot have put it, which is above the Received field by which the house took the mail.
 */
import parseDkimHeaders from 'mailauth/lib/parse-dkim-headers.js'
import { domainOf, type Checked, type Evidence } from './domain/evidence.ts'

export interface HeaderField {
  /** In lower case. */
  key: string
  /** The whole field as it came, its name included. */
  line: Uint8Array
}

/**
 * @param fields of the mail, the topmost first
 * @param own how many of the topmost Received fields the house's servers wrote (client-of.ts)
 * @param trusted authserv-ids in lower case
 */
export function believed(
  fields: readonly HeaderField[],
  own: number,
  trusted: ReadonlySet<string>,
): Evidence {
  let received = 0
  let evidence: Evidence = {}
  for (const { key, line } of fields) {
    if (key === 'received') received += 1
    // The last of ours is the border's: from here down all may be the sender's.
    if (received >= own) break
    if (key !== 'authentication-results') continue
    const { authserv, ...found } = readResults(line)
    // The lower, the nearer to the border: a server further in takes our own relay for the client (SPF).
    if (trusted.has(authserv)) evidence = { ...evidence, ...found }
  }
  return evidence
}

/** Of an Authentication-Results or ARC-Authentication-Results field. */
export function readResults(field: Uint8Array | string): Evidence & { authserv: string } {
  const { value = '', spf, dkim, dmarc } = parseDkimHeaders(field).parsed
  const [authserv = ''] = value.replaceAll('"', '').split(/\s/)
  return {
    authserv,
    ...(spf?.smtp?.['mailfrom'] ? { spf: checked(spf.value, spf.smtp['mailfrom']) } : {}),
    ...(dkim?.length
      ? {
          dkim: dkim.map(({ value: result, header }) =>
            checked(result, header?.['d'] ?? header?.['i'] ?? ''),
          ),
        }
      : {}),
    ...(dmarc?.header?.['from']
      ? {
          dmarc: {
            ...checked(dmarc.value, dmarc.header['from']),
            ...(dmarc.policy?.['dmarc'] ? { policy: dmarc.policy['dmarc'].toLowerCase() } : {}),
          },
        }
      : {}),
  }
}

const checked = (result: string, of: string): Checked => ({
  result: result.toLowerCase(),
  domain: domainOf(of),
})
