/**
 * Prepaid hours. One ledger per company holds its packs and what was used of them, so that a minute is never used
 * twice; a balance is counted from the uses, never kept. Source: spec/invoicing.md section 7.
 */
import type { FieldFault } from '@guichet/contracts/failure'
import { isRealDay } from './days.ts'
import { inOrder } from './order.ts'

export interface StoredPack {
  id: string
  minutes: number
  price: string
  vatRate: string
  validFrom: string
  validUntil: string
  soldAt: string
  /** The draft, later the invoice, that sells it. */
  invoiceId: string
  /** False until that draft exists: such a pack covers nothing yet. */
  drafted: boolean
  /** Sold by another system: there is no draft and no invoice. */
  takenOver?: boolean
  /** What that system called it. */
  reference?: string
}

export interface PackUse {
  packId: string
  prestationId: string
  minutes: number
}

export interface PackLedger {
  packs: StoredPack[]
  /** By draft or invoice: what its lines took. */
  uses: Record<string, PackUse[]>
  /** The packs of which was said that little is left (domain/prepaid-low.ts). */
  lowSaidFor?: string
}

export const NO_PACKS: PackLedger = { packs: [], uses: {} }

export function packFaults(pack: { minutes: number; validFrom: string; validUntil: string }): FieldFault[] {
  const faults: FieldFault[] = []
  if (!isRealDay(pack.validFrom)) faults.push({ path: 'validFrom', code: 'no-such-day' })
  if (!isRealDay(pack.validUntil)) faults.push({ path: 'validUntil', code: 'no-such-day' })
  else if (pack.validUntil < pack.validFrom)
    faults.push({ path: 'validUntil', code: 'ends-before-it-begins' })
  return faults
}

export function remainingMinutes(ledger: PackLedger, pack: StoredPack): number {
  return Object.values(ledger.uses)
    .flat()
    .filter(({ packId }) => packId === pack.id)
    .reduce((rest, { minutes }) => rest - minutes, pack.minutes)
}

/** Of one pack that an invoice uses: what it had, what this invoice takes, what is left after it. Minutes. */
export interface PackBalance {
  validFrom: string
  validUntil: string
  minutes: number
  usedHere: number
  remaining: number
}

/** The packs that this draft or invoice uses, the one that ends first before the others. */
export function balancesOf(ledger: PackLedger, invoiceId: string): PackBalance[] {
  const uses = ledger.uses[invoiceId] ?? []
  return ledger.packs
    .filter(({ id }) => uses.some(({ packId }) => packId === id))
    .toSorted((a, b) => inOrder(a.validUntil, b.validUntil) || inOrder(a.id, b.id))
    .map((pack) => ({
      validFrom: pack.validFrom,
      validUntil: pack.validUntil,
      minutes: pack.minutes,
      usedHere: uses
        .filter(({ packId }) => packId === pack.id)
        .reduce((total, { minutes }) => total + minutes, 0),
      remaining: remainingMinutes(ledger, pack),
    }))
}

/** Time that a draft wants covered. */
export interface CoverageWish {
  prestationId: string
  workedOn: string
  /** Billed minutes, rounded by the contract. */
  minutes: number
  /** False: it has no price, so it is covered whole or not at all. */
  priced: boolean
}

/**
 * In the order of work, whoever entered it when: each wish takes from the packs that were valid that day, the one that
 * ends first before the others. The same ledger and wishes give the same uses.
 */
export function coverage(ledger: PackLedger, wishes: readonly CoverageWish[]): PackUse[] {
  const packs = ledger.packs
    .filter(({ drafted }) => drafted)
    .sort(
      (a, b) =>
        inOrder(a.validUntil, b.validUntil) || inOrder(a.validFrom, b.validFrom) || inOrder(a.id, b.id),
    )
    .map((pack) => ({ ...pack, left: remainingMinutes(ledger, pack) }))
  const uses: PackUse[] = []
  const byWork = wishes.toSorted(
    (a, b) => inOrder(a.workedOn, b.workedOn) || inOrder(a.prestationId, b.prestationId),
  )
  for (const { prestationId, workedOn, minutes, priced } of byWork) {
    const valid = packs.filter(
      ({ validFrom, validUntil, left }) => left > 0 && validFrom <= workedOn && workedOn <= validUntil,
    )
    const available = valid.reduce((total, { left }) => total + left, 0)
    if (!priced && available < minutes) continue
    let wanted = minutes
    for (const pack of valid) {
      if (wanted === 0) break
      const taking = Math.min(pack.left, wanted)
      pack.left -= taking
      wanted -= taking
      uses.push({ packId: pack.id, prestationId, minutes: taking })
    }
  }
  return uses
}
