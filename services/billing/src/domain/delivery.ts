/** How an issued invoice reaches its client's books, step by step. Pure: what was tried goes in, what is next comes out. */
import type { DeliveryChannel, DeliveryState } from '@guichet/contracts/invoice-delivery'

export interface DeliveryReason {
  code: string
  said: string | null
}

export interface StoredDelivery {
  number: string
  companyId: string
  companyName: string
  issuedAt: string
  state: DeliveryState
  channel: DeliveryChannel | null
  recipient: string | null
  /** The access point's own id of it. */
  submissionId: string | null
  /** A refusal that a person answered by trying again is another submission; a lost answer is the same one. */
  round: number
  attempts: number
  /** Since when the step it is at is tried. */
  since: string
  /** null: nothing more happens by itself. */
  nextAt: string | null
  reason: DeliveryReason | null
  history: { at: string; state: DeliveryState; reason: DeliveryReason | null }[]
}

/** What a step came to. `lasting`: trying again changes nothing. */
export type Outcome =
  | { kind: 'route'; channel: DeliveryChannel; reason: DeliveryReason | null }
  | { kind: 'handed-over'; submissionId: string; followed: boolean }
  | { kind: 'under-way' }
  | { kind: 'delivered' }
  | { kind: 'refused'; reason: DeliveryReason }
  | { kind: 'trouble'; reason: DeliveryReason }

const MOST_HISTORY = 50
const FIRST_PAUSE_S = 30
const LONGEST_PAUSE_S = 3600
/** Then a person has to look. Access points mend within a day or two; an invoice must not wait for ever. */
const GIVE_UP_AFTER_H = 72
/** How often one that was handed over is asked about, without news from the access point: at first, later, at most. */
const ASK_AGAIN_S = 60
const MOST_ASK_AGAIN_S = 6 * 3600

export function newDelivery(
  invoice: Pick<StoredDelivery, 'number' | 'companyId' | 'companyName' | 'recipient'>,
  at: string,
): StoredDelivery {
  return {
    ...invoice,
    issuedAt: at,
    state: 'validated',
    channel: null,
    submissionId: null,
    round: 1,
    attempts: 0,
    since: at,
    nextAt: at,
    reason: null,
    history: [{ at, state: 'validated', reason: null }],
  }
}

export function after(delivery: StoredDelivery, outcome: Outcome, at: string): StoredDelivery {
  switch (outcome.kind) {
    case 'route': {
      // The billing contacts' mail leaves with the invoice itself: there is nothing to queue.
      const state = outcome.channel === 'mail' ? 'submitted' : 'queued'
      const routed = { ...delivery, channel: outcome.channel, reason: outcome.reason }
      return moved(routed, state, at, outcome.channel === 'mail' ? null : at)
    }
    case 'handed-over':
      return moved(
        { ...delivery, submissionId: outcome.submissionId, reason: null },
        'submitted',
        at,
        outcome.followed ? later(at, ASK_AGAIN_S) : null,
      )
    case 'under-way': {
      const pause = Math.min(ASK_AGAIN_S * 2 ** delivery.attempts, MOST_ASK_AGAIN_S)
      return { ...delivery, attempts: delivery.attempts + 1, nextAt: later(at, pause), reason: null }
    }
    case 'delivered':
      return moved({ ...delivery, reason: null }, 'delivered', at, null)
    case 'refused':
      return moved({ ...delivery, reason: outcome.reason }, 'failed', at, null)
    case 'trouble':
      return troubled(delivery, outcome.reason, at)
  }
}

function troubled(delivery: StoredDelivery, reason: DeliveryReason, at: string): StoredDelivery {
  const pause = Math.min(FIRST_PAUSE_S * 2 ** delivery.attempts, LONGEST_PAUSE_S)
  // What was handed over may have arrived: that nobody can be asked about it is no failure of it.
  const hopeless = delivery.state !== 'submitted' && at >= later(delivery.since, GIVE_UP_AFTER_H * 3600)
  if (hopeless) return moved({ ...delivery, reason }, 'failed', at, null)
  return { ...delivery, attempts: delivery.attempts + 1, nextAt: later(at, pause), reason }
}

/** A person wants it tried again. */
export function retried(delivery: StoredDelivery, at: string): StoredDelivery {
  const sameSubmission = delivery.reason?.code === 'access-point-unreachable'
  return moved(
    {
      ...delivery,
      channel: null,
      submissionId: null,
      round: sameSubmission ? delivery.round : delivery.round + 1,
      reason: null,
    },
    'validated',
    at,
    at,
  )
}

/** There is news of it. */
export function hastened(delivery: StoredDelivery, at: string): StoredDelivery {
  return delivery.state === 'submitted' && delivery.nextAt !== null ? { ...delivery, nextAt: at } : delivery
}

function moved(
  delivery: StoredDelivery,
  state: DeliveryState,
  at: string,
  nextAt: string | null,
): StoredDelivery {
  return {
    ...delivery,
    state,
    nextAt,
    attempts: 0,
    since: at,
    history: [...delivery.history, { at, state, reason: delivery.reason }].slice(-MOST_HISTORY),
  }
}

function later(at: string, seconds: number): string {
  return Temporal.Instant.from(at).add({ seconds }).toString({ smallestUnit: 'millisecond' })
}
