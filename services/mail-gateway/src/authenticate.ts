/** Whether a mail really comes from its From: SPF, DKIM, DMARC and ARC by mailauth, and what our own servers found. */
import { Failure } from '@guichet/contracts/failure'
import type { DKIMVerifyResult } from 'mailauth'
import { believed } from './authentication-results.ts'
import type { ReceivedMail } from './collections.ts'
import type { Context } from './context.ts'
import { arrivalOf, isRelay, relayList, type Client } from './client-of.ts'
import type { MailFacts } from './domain/decide-mail.ts'
import { domainOf, isBroken, proves, type Evidence } from './domain/evidence.ts'
import { domainList, judgeSeals } from './domain/sealed.ts'
import { inputOf, type RawMail } from './raw-mail.ts'
import type { Resolve } from './resolver.ts'
import { sealedSets } from './sealed-sets.ts'

/** null where the house requires none. @throws Failure dns-unavailable (retryable) */
export async function authenticated(
  { parts, resolve }: Context,
  row: ReceivedMail,
  from: string,
  raw: RawMail,
): Promise<MailFacts['authentication']> {
  const { config, log } = parts
  if (config.REQUIRE_AUTHENTICATED_SENDERS === false) return null
  const found = await authenticationOf({
    raw,
    from,
    mailFrom: row.mailFrom,
    direct: row.clientAddress === null ? null : { ip: row.clientAddress, helo: row.helo },
    relays: config.MAIL_TRUSTED_RELAYS,
    authservs: config.MAIL_TRUSTED_AUTHSERV,
    sealers: config.MAIL_TRUSTED_ARC_SEALERS,
    mta: config.SUPPORT_ADDRESS.split('@')[1] ?? 'localhost',
    resolve,
  })
  if (found.untrustedSealer !== undefined)
    log.info({ sealer: found.untrustedSealer }, 'a mail was sealed by a server that is not trusted')
  return found
}

export interface Authentication {
  raw: RawMail
  /** The address of the From header. */
  from: string
  /** The envelope's sender; '' is the null return path. */
  mailFrom: string
  /** Who spoke SMTP with us; null over IMAP. */
  direct: Client | null
  /** MAIL_TRUSTED_RELAYS, MAIL_TRUSTED_AUTHSERV and MAIL_TRUSTED_ARC_SEALERS. */
  relays: string
  authservs: string
  sealers: string
  mta: string
  resolve: Resolve
}

/** @throws Failure dns-unavailable (retryable) where the answer hangs on a name server that did not answer */
export async function authenticationOf(
  mail: Authentication,
): Promise<NonNullable<MailFacts['authentication']>> {
  const { dkimVerify, dmarc } = await import('mailauth')
  const { from, direct } = mail
  const resolver = mail.resolve as (name: string, type: string) => Promise<never>
  const signed = await dkimVerify(await inputOf(mail.raw), { resolver, sender: mail.mailFrom })
  const fields = signed.headers?.parsed ?? []
  const relays = relayList(mail.relays)
  const received = fields.filter(({ key }) => key === 'received').map(({ line }) => line)
  const { client, own } = arrivalOf(direct, received, relays)
  const throughOurs = direct !== null && isRelay(relays, direct.ip)
  const said = throughOurs ? believed(fields, own, domainList(mail.authservs)) : {}

  const evidence: Evidence = {
    spf: isKnown(said.spf) ? said.spf : await spfOf(mail, client),
    dkim: said.dkim?.every(isKnown) ? said.dkim : [...(said.dkim?.filter(isKnown) ?? []), ...dkimOf(signed)],
  }
  if (isKnown(said.dmarc) && said.dmarc.domain === domainOf(from)) evidence.dmarc = said.dmarc
  // A pass needs no policy; whoever wrote down a fail may have written down what the domain asks for.
  if (evidence.dmarc?.result !== 'pass' && evidence.dmarc?.policy === undefined) {
    const policy = await dmarc({
      headerFrom: signed.headerFrom,
      fromFields: signed.fromFields,
      spfDomains: evidence.spf?.result === 'pass' ? [evidence.spf.domain] : [],
      dkimDomains: (evidence.dkim ?? []).filter(({ result }) => result === 'pass'),
      resolver,
    })
    // Somebody saw it fail, and how strictly the domain is to be read is not known yet.
    if (evidence.dmarc?.result === 'fail' && policy && policy.status.result === 'temperror')
      throw new Failure('dns-unavailable', { retryable: true })
    if (policy)
      evidence.dmarc = {
        result: policy.status.result,
        domain: domainOf(from),
        ...evidence.dmarc,
        policy: policy.policy,
      }
  }
  return await conclude(mail, signed, evidence)
}

async function conclude(
  { from, resolve, sealers }: Authentication,
  signed: DKIMVerifyResult,
  evidence: Evidence,
): Promise<NonNullable<MailFacts['authentication']>> {
  const proven = { dmarcRefuses: false, aligned: true }
  const { spf, dkim = [], dmarc } = evidence
  const policy = dmarc?.policy ?? 'none'
  const dmarcRefuses = dmarc?.result === 'fail' && (policy === 'reject' || policy === 'quarantine')
  // A domain that asks for nothing is held to relaxed alignment only.
  if (proves(dmarcRefuses ? evidence : { spf, dkim, dmarc: passing(dmarc) }, from)) return proven
  const seals = await sealedSets(signed, resolve)
  const trusted = domainList(sealers)
  const sealed = judgeSeals(seals.sets, trusted, from)
  if (sealed.proven) return proven
  // Proven it is not; whether it is disproven hangs on what could not be asked.
  const unanswered = [spf, dmarc, ...dkim].some((each) => each !== undefined && !isKnown(each))
  if (unanswered || trusted.has(seals.unanswered ?? ''))
    throw new Failure('dns-unavailable', { retryable: true })
  return {
    dmarcRefuses,
    aligned: false,
    ...(sealed.sealer === null ? {} : { untrustedSealer: sealed.sealer }),
    ...(isBroken(evidence, from) ? { signatureBroken: true } : {}),
  }
}

const passing = (dmarc: Evidence['dmarc']) => (dmarc?.result === 'pass' ? dmarc : undefined)

function isKnown<Checked extends { result: string }>(checked: Checked | undefined): checked is Checked {
  return checked !== undefined && checked.result !== 'temperror'
}

const dkimOf = ({ results }: DKIMVerifyResult) =>
  results.map(({ status, signingDomain }) => ({
    // mailauth calls it neutral; it is a failed verification (RFC 6376 §6.1.3, RFC 8601 §2.7.1).
    result: status.comment === BODY_CHANGED ? 'fail' : status.result,
    domain: signingDomain ?? '',
  }))
const BODY_CHANGED = 'body hash did not verify'

async function spfOf(
  { mailFrom, mta, resolve }: Authentication,
  client: Client | undefined,
): Promise<Evidence['spf']> {
  if (!client) return undefined
  const { spf } = await import('mailauth')
  const { status } = await spf({
    ip: client.ip,
    helo: client.helo ?? `[${client.ip}]`,
    sender: mailFrom,
    mta,
    resolver: resolve as (name: string, type: string) => Promise<never>,
  })
  return { result: status.result, domain: domainOf(mailFrom) }
}
