/** Every prestation is in exactly one state; what its own document does not say, the invoice that bills it says. */
import type { PrestationState } from '@guichet/contracts/billing'
import type { Static } from 'typebox'
import { decimal, ZERO } from './amounts.ts'
import { isFullyCredited, uncredited, type InvoiceDocument, type StoredLine } from './invoice.ts'
import type { StoredPrestation } from './prestation.ts'

export type State = Static<typeof PrestationState>

/** `invoice` is the one it names, undefined where that is gone. */
export function prestationState(
  id: string,
  prestation: StoredPrestation,
  invoice: InvoiceDocument | undefined,
): State {
  if (prestation.invoiceId === null || !invoice) return unbilledState(prestation)
  const lines = invoice.lines.filter(({ prestationId }) => prestationId === id)
  if (lines.length === 0) return unbilledState(prestation)
  if (lines.every(({ packId }) => packId !== null)) return 'covered'
  if (invoice.stage !== 'issued') return 'drafted'
  return isCredited(invoice, lines) ? 'credited' : 'invoiced'
}

/** What a credit note took back whole is settled: its time is billed again only when it is logged again. */
function isCredited(invoice: InvoiceDocument, lines: readonly StoredLine[]): boolean {
  const owing = lines.filter(({ quantity }) => !decimal(quantity).eq(ZERO))
  // Of what the day's rounding paid for, nothing can be taken: it goes with the whole invoice.
  if (owing.length === 0) return isFullyCredited(invoice)
  return (
    owing.every((line) => uncredited(invoice, line).eq(ZERO)) &&
    invoice.creditNotes
      .filter(({ lines: taken }) => taken.some(({ line }) => owing.some(({ id: own }) => own === line)))
      .every(({ number }) => number !== null)
  )
}

function unbilledState({ billable, heldBack }: StoredPrestation): State {
  if (!billable) return 'not-billable'
  return heldBack ? 'held-back' : 'open'
}
