/** What a row of the ledger is found by, and which index answers what staff ask for. */
import type { MailOutcome, MailReason } from '@guichet/contracts/mail'

interface Sent {
  /** As the header says it, several joined by commas; null while nobody has read it, or where nothing could. */
  from: string | null
  mailFrom: string
  outcome: MailOutcome
  reason: MailReason | null
  accepted: boolean
}

/** Addresses compare without case; a store's keys hold no control character. */
export const folded = (sender: string): string =>
  sender
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .toLowerCase()

/** Each address of From and its domain; the envelope's where there is no readable From. What is not read yet has none. */
function sendersOf({ from, mailFrom, outcome, accepted }: Sent): string[] {
  if (from === null && outcome === 'pending' && !accepted) return []
  const addresses = (from ?? mailFrom)
    .split(',')
    .map(folded)
    .filter((address) => address !== '')
  const domains = addresses.flatMap((address) =>
    address.includes('@') ? [address.slice(address.lastIndexOf('@'))] : [],
  )
  return [...new Set([...addresses, ...domains])]
}

/** By sender alone, and with the outcome or the reason beside it: those are counted and paged as they are asked. */
export function senderKeys(row: Sent): string[][] {
  const { outcome, reason } = row
  return sendersOf(row).flatMap((sender) => [
    [sender],
    [sender, 'outcome', outcome],
    ...(reason === null ? [] : [[sender, 'reason', reason]]),
  ])
}

export interface Narrowed {
  sender?: string | undefined
  outcome?: MailOutcome | undefined
  reason?: MailReason | undefined
}

/** A reason says its outcome with it, so the reason alone is asked for. */
export function ledgerKey({ sender, outcome, reason }: Narrowed) {
  const what = reason !== undefined ? ['reason', reason] : outcome !== undefined ? ['outcome', outcome] : []
  if (sender !== undefined) return { index: 'bySender', key: [folded(sender), ...what] } as const
  if (reason !== undefined) return { index: 'byReason', key: [reason] } as const
  return outcome === undefined
    ? ({ index: 'all', key: ['all'] } as const)
    : ({ index: 'byOutcome', key: [outcome] } as const)
}
