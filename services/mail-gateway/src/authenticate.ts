/** Whether a mail really comes from its From: SPF, DKIM and DMARC by mailauth, with the first hop outside our relays. */
import { promises as dns } from 'node:dns'
import { Failure } from '@guichet/contracts/failure'
import type { ReceivedMail } from './collections.ts'
import type { Context } from './context.ts'
import type { MailFacts } from './domain/decide-mail.ts'

const DNS_WITHIN_MS = 4000

/** null where the house requires none. @throws Failure dns-unavailable (retryable) */
export async function authenticated(
  { parts }: Context,
  row: ReceivedMail,
  from: string,
  raw: Uint8Array,
): Promise<MailFacts['authentication']> {
  if (parts.config.REQUIRE_AUTHENTICATED_SENDERS === false) return null
  const { authenticate } = await import('mailauth')
  const relays = parts.config.MAIL_TRUSTED_RELAYS.split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  // Over IMAP the mailbox's own server is the relay.
  const behindRelay = row.clientAddress === null || relays.includes(row.clientAddress)
  const result = await authenticate(Buffer.from(raw), {
    ...(behindRelay
      ? { trustReceived: true }
      : { ip: row.clientAddress ?? undefined, helo: row.helo ?? undefined }),
    sender: row.mailFrom,
    mta: parts.config.SUPPORT_ADDRESS.split('@')[1],
    resolver: boundedResolver(),
    disableArc: true,
    disableBimi: true,
  })
  const spf = result.spf ? result.spf.status : undefined
  const signatures = result.dkim?.results ?? []
  if (spf?.result === 'temperror' || signatures.some(({ status }) => status.result === 'temperror')) {
    throw new Failure('dns-unavailable', { retryable: true })
  }
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase()
  const spfAligned =
    spf?.result === 'pass' && isAligned(domain, row.mailFrom.slice(row.mailFrom.lastIndexOf('@') + 1))
  const dkimAligned = signatures.some(
    ({ status, signingDomain }) => status.result === 'pass' && isAligned(domain, signingDomain),
  )
  const dmarc = result.dmarc ? result.dmarc : undefined
  const policy = dmarc?.policy ?? 'none'
  return {
    dmarcRefuses: dmarc?.status.result === 'fail' && (policy === 'reject' || policy === 'quarantine'),
    aligned: spfAligned || dkimAligned || dmarc?.status.result === 'pass',
  }
}

/** Relaxed alignment (RFC 7489 §3.1): the same domain, or one below the other. */
function isAligned(from: string, authenticatedDomain: string | undefined): boolean {
  const other = (authenticatedDomain ?? '').toLowerCase()
  return other !== '' && (from === other || from.endsWith(`.${other}`) || other.endsWith(`.${from}`))
}

/** A name server that does not answer is a temporary error, and soon. */
function boundedResolver() {
  return async (name: string, type: string): Promise<never> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(Object.assign(new Error('DNS time-out'), { code: 'ETIMEOUT' })),
        DNS_WITHIN_MS,
      )
    })
    try {
      return (await Promise.race([dns.resolve(name, type), late])) as never
    } finally {
      clearTimeout(timer)
    }
  }
}
