/** Whether a mail really comes from its From: SPF, DKIM and DMARC by mailauth, for the first hop outside our relays. */
import { Failure } from '@guichet/contracts/failure'
import { getDomain } from 'tldts'
import type { ReceivedMail } from './collections.ts'
import type { Context } from './context.ts'
import { clientOf, relayList, type Client } from './client-of.ts'
import type { MailFacts } from './domain/decide-mail.ts'
import type { Resolve } from './resolver.ts'

/** null where the house requires none. @throws Failure dns-unavailable (retryable) */
export async function authenticated(
  { parts, resolve }: Context,
  row: ReceivedMail,
  from: string,
  mail: { raw: Uint8Array; received: readonly string[] },
): Promise<MailFacts['authentication']> {
  if (parts.config.REQUIRE_AUTHENTICATED_SENDERS === false) return null
  const direct = row.clientAddress === null ? null : { ip: row.clientAddress, helo: row.helo }
  return await authenticationOf({
    raw: mail.raw,
    from,
    mailFrom: row.mailFrom,
    client: clientOf(direct, mail.received, relayList(parts.config.MAIL_TRUSTED_RELAYS)),
    mta: parts.config.SUPPORT_ADDRESS.split('@')[1] ?? 'localhost',
    resolve,
  })
}

export interface Authentication {
  raw: Uint8Array
  /** The address of the From header. */
  from: string
  /** The envelope's sender; '' is the null return path. */
  mailFrom: string
  /** undefined: nobody knows; SPF then says nothing, and DKIM alone can prove. */
  client: Client | undefined
  mta: string
  resolve: Resolve
}

/** @throws Failure dns-unavailable (retryable) where the answer hangs on a name server that did not answer */
export async function authenticationOf({
  raw,
  from,
  mailFrom,
  client,
  mta,
  resolve,
}: Authentication): Promise<NonNullable<MailFacts['authentication']>> {
  const { authenticate } = await import('mailauth')
  const result = await authenticate(Buffer.from(raw), {
    ...(client ? { ip: client.ip, helo: client.helo ?? undefined } : {}),
    sender: mailFrom,
    mta,
    resolver: resolve as (name: string, type: string) => Promise<never>,
    disableArc: true,
    disableBimi: true,
  })
  const spf = client && result.spf ? result.spf.status : undefined
  const signatures = result.dkim?.results ?? []
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const spfAligned =
    spf?.result === 'pass' && isAligned(domain, mailFrom.slice(mailFrom.lastIndexOf('@') + 1))
  const dkimAligned = signatures.some(
    ({ status, signingDomain }) => status.result === 'pass' && isAligned(domain, signingDomain),
  )
  const dmarc = result.dmarc ? result.dmarc : undefined
  if (spfAligned || dkimAligned || dmarc?.status.result === 'pass')
    return { dmarcRefuses: false, aligned: true }
  // Proven it is not; whether it is disproven hangs on what could not be asked.
  const unanswered =
    spf?.result === 'temperror' ||
    signatures.some(({ status }) => status.result === 'temperror') ||
    dmarc?.status.result === 'temperror'
  if (unanswered) throw new Failure('dns-unavailable', { retryable: true })
  const policy = dmarc?.policy ?? 'none'
  return {
    dmarcRefuses: dmarc?.status.result === 'fail' && (policy === 'reject' || policy === 'quarantine'),
    aligned: false,
  }
}

/**
 * Relaxed alignment (RFC 7489 §3.1): the same organisational domain by the public suffix list, never a suffix such as
 * `co.uk` or `github.io` itself.
 */
export function isAligned(from: string, authenticated: string | undefined): boolean {
  const options = { allowPrivateDomains: true }
  const [own, other] = [getDomain(from, options), getDomain(authenticated ?? '', options)]
  return own !== null && own === other
}
