/**
 * Where a received mail ends: one pure function of facts, in the order of spec/mail.md 2b, for SMTP, replays and
 * whatever door comes next. The numbers are that table's.
 */
export type Reason =
  | 'too-large'
  | 'mail-loop'
  | 'not-for-us'
  | 'own-mail'
  | 'duplicate'
  | 'same-id-other-content'
  | 'bounce'
  | 'from-unreadable'
  | 'sealer-untrusted'
  | 'dmarc-refused'
  | 'not-authenticated'
  | 'automatic'
  | 'sender-unknown'
  | 'sender-inactive'
  | 'empty'
  | 'unparseable'
  | 'dropped-by-staff'

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
  } | null
  automatic: boolean
  sender: { accountId: string; companyId: string | null; active: boolean } | null
  hasContent: boolean
  /** The ticket that token, references or subject lead to, and whether this sender may write to it. */
  thread: { ticket: number; allowed: boolean } | null
}

export type MailDecision =
  | { outcome: 'dropped' | 'duplicate' | 'quarantined' | 'bounced'; reason: Reason }
  | {
      outcome: 'accepted'
      accountId: string
      companyId: string | null
      ticket: number | null
      refusedThread: number | null
      automatic: boolean
    }

export function decideMail(facts: MailFacts): MailDecision {
  const quarantined = (reason: Reason): MailDecision => ({ outcome: 'quarantined', reason })
  if (!facts.readable) return quarantined('unparseable')
  if (facts.loops) return { outcome: 'dropped', reason: 'mail-loop' }
  if (!facts.forUs) return quarantined('not-for-us')
  if (facts.ours) return { outcome: 'dropped', reason: 'own-mail' }
  if (facts.seenBefore === 'same-content') return { outcome: 'duplicate', reason: 'duplicate' }
  if (facts.seenBefore === 'other-content') return quarantined('same-id-other-content')
  if (facts.isBounce) return { outcome: 'bounced', reason: 'bounce' }
  if (facts.from === null) return quarantined('from-unreadable')
  if (facts.authentication?.untrustedSealer !== undefined) return quarantined('sealer-untrusted')
  if (facts.authentication?.dmarcRefuses) return quarantined('dmarc-refused')
  if (facts.authentication && !facts.authentication.aligned) return quarantined('not-authenticated')
  const { sender, thread } = facts
  const threaded = thread?.allowed === true
  if (facts.automatic && !(threaded && sender?.active)) return quarantined('automatic')
  if (!sender) return quarantined('sender-unknown')
  if (!sender.active) return quarantined('sender-inactive')
  if (!facts.hasContent) return quarantined('empty')
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
