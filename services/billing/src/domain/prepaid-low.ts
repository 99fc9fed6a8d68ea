/** When a client is to be told that their prepaid hours run out. Pure. Source: spec/invoicing.md section 7. */
import { coverage, remainingMinutes, type CoverageWish, type PackLedger } from './packs.ts'

/** A fifth of what the packs held, where the contract says nothing: time to talk about the next one. */
const DEFAULT_LOW_PERCENT = 20

export interface PrepaidLow {
  remainingMinutes: number
  soldMinutes: number
  validUntil: string
  /** Which packs this is about: said once for them. */
  packs: string
}

/** `lowPercent` is the contract's. undefined: enough is left, nothing is valid today, or it was said for these packs. */
export function prepaidLow(
  ledger: PackLedger,
  open: readonly CoverageWish[],
  today: string,
  lowPercent?: number | null,
): PrepaidLow | undefined {
  const valid = ledger.packs.filter(
    ({ drafted, validFrom, validUntil }) => drafted && validFrom <= today && today <= validUntil,
  )
  if (valid.length === 0) return undefined
  const ids = new Set(valid.map(({ id }) => id))
  const soldMinutes = valid.reduce((sum, { minutes }) => sum + minutes, 0)
  const waiting = coverage(ledger, open)
    .filter(({ packId }) => ids.has(packId))
    .reduce((sum, { minutes }) => sum + minutes, 0)
  const left = valid.reduce((sum, pack) => sum + remainingMinutes(ledger, pack), 0) - waiting
  const packs = [...ids].toSorted().join(' ')
  if (left * 100 > soldMinutes * (lowPercent ?? DEFAULT_LOW_PERCENT) || ledger.lowSaidFor === packs)
    return undefined
  const validUntil =
    valid
      .map((pack) => pack.validUntil)
      .toSorted()
      .at(-1) ?? today
  return { remainingMinutes: Math.max(0, left), soldMinutes, validUntil, packs }
}
