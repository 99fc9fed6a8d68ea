/**
 * Where a received mail ends: one pure function of facts, in the order of spec/mail.md 2b, for SMTP, replays and
 * whatever door comes next. The numbers are that table's.
 */
import type { MailReason as Reason } from '@guichet/contracts/mail'

export interface MailFacts {
  /** Row 14: the reader gave up on it. */
  readable: boolean
  /** 2a, for doors that cannot refuse: over 50 hops, or through us before. */
  loops: boolean
  forUs: boolean
  /** Our own Message-ID domain, or X-Loop is ours. */
  ours: boolean
  seenBefore: 'no' | 'same-content' | 'other-content'
  isBounce: boolean
  /** The one address of From; null when there are several, none, or nonsense. */
  from: string | null
  /** Not asked for in houses that require no authentication. */
  authentication: {
    dmarcRefuses: boolean
    aligned: boolean
    /** Passed on with a valid ARC chain that would prove the sender, were this domain's word taken. */
    untrustedSealer?: string
    /** The sender's domain is said to have signed it, and the signature does not fit what came. */
    signatureBroken?: true
  } | null
  automatic: boolean
  sender: { accountId: string; companyId: string | null; active: boolean } | null
  hasContent: boolean
  /** The ticket that token, references or subject lead to, and whether this sender may write to it. */
  thread: { ticket: number; allowed: boolean } | null
}

interface Ended {
  outcome: 'dropped' | 'duplicate' | 'quarantined' | 'bounced'
  reason: Reason
}

export type MailDecision =
  | Ended
  | {
      outcome: 'accepted'
      accountId: string
      companyId: string | null
      ticket: number | null
      refusedThread: number | null
      automatic: boolean
    }

/** Everything else waits for a person. */
const OTHER_OUTCOMES: Partial<Record<Reason, 'dropped' | 'duplicate' | 'bounced'>> = {
  'mail-loop': 'dropped',
  'own-mail': 'dropped',
  'dropped-by-staff': 'dropped',
  duplicate: 'duplicate',
  bounce: 'bounced',
}

/** A reason belongs to one outcome. */
export const ended = (reason: Reason): Ended => ({ outcome: OTHER_OUTCOMES[reason] ?? 'quarantined', reason })

export function decideMail(facts: MailFacts): MailDecision {
  if (!facts.readable) return ended('unparseable')
  if (facts.loops) return ended('mail-loop')
  if (!facts.forUs) return ended('not-for-us')
  if (facts.ours) return ended('own-mail')
  if (facts.seenBefore === 'same-content') return ended('duplicate')
  if (facts.seenBefore === 'other-content') return ended('same-id-other-content')
  if (facts.isBounce) return ended('bounce')
  if (facts.from === null) return ended('from-unreadable')
  if (facts.authentication?.untrustedSealer !== undefined) return ended('sealer-untrusted')
  if (facts.authentication?.signatureBroken) return ended('signature-broken')
  if (facts.authentication?.dmarcRefuses) return ended('dmarc-refused')
  if (facts.authentication && !facts.authentication.aligned) return ended('not-authenticated')
  const { sender, thread } = facts
  const threaded = thread?.allowed === true
  if (facts.automatic && !(threaded && sender?.active)) return ended('automatic')
  if (!sender) return ended('sender-unknown')
  if (!sender.active) return ended('sender-inactive')
  if (!facts.hasContent) return ended('empty')
  return {
    outcome: 'accepted',
    accountId: sender.accountId,
    companyId: sender.companyId,
    ticket: threaded ? thread.ticket : null,
    refusedThread: thread && !threaded ? thread.ticket : null,
    automatic: facts.automatic,
  }
}

/**
 * Whom to tell that their mail opened nothing (row 9): somebody who is not registered, or no longer, alike, so that the
 * notice tells nobody who is; and only who is proven to have written, for a forged sender would be sent mail by us.
 */
export function noticeTo({ from, authentication }: MailFacts, reason: Reason): string | null {
  const isStranger = reason === 'sender-unknown' || reason === 'sender-inactive'
  return isStranger && authentication?.aligned === true && !authentication.dmarcRefuses ? from : null
}
