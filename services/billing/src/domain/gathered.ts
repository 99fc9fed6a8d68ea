/** The lines of a draft, from the prestations that it holds, the contract and the packs. Pure. */
import type { VatRegime } from '@guichet/contracts/billing'
import { lineAmounts, money, plain } from './amounts.ts'
import type { TermsByDay } from './contract.ts'
import { feeLine, type DueFee } from './due-fees.ts'
import type { StoredLine } from './invoice.ts'
import { inReadingOrder } from './lines.ts'
import type { CoverageWish, PackUse, StoredPack } from './packs.ts'
import type { HeldPrestation } from './held-prestation.ts'
import type { StoredPrestation } from './prestation.ts'
import { isPriced, pricedParts, withoutCovered, type Priced } from './pricing.ts'
import { categoryOf, rateUnder } from './vat.ts'

/** Time may be covered by a pack, priced or not; kilometres and pieces never are. */
export function coverageWishes(
  held: readonly HeldPrestation[],
  terms: TermsByDay,
  billed: (prestation: HeldPrestation) => number,
): CoverageWish[] {
  return held.flatMap((prestation) => {
    const { id, value } = prestation
    if (value.minutes === null) return []
    const priced = isPriced(value, terms(value.workedOn))
    return [{ prestationId: id, workedOn: value.workedOn, minutes: billed(prestation), priced }]
  })
}

export interface GatheredFacts {
  /** What is charged by the month. */
  fees: readonly DueFee[]
  terms: TermsByDay
  /** Minutes, rounded by the contract. */
  billed: (prestation: HeldPrestation) => number
  regime: VatRegime
  packs: readonly StoredPack[]
  uses: readonly PackUse[]
}

/** `withoutPrice`: what the contract names no price for and no pack covers; it stays open. */
export function gatheredLines(
  held: readonly HeldPrestation[],
  { fees, terms, billed, regime, packs, uses }: GatheredFacts,
): { lines: StoredLine[]; withoutPrice: HeldPrestation[] } {
  const lines: Omit<StoredLine, 'id'>[] = []
  const withoutPrice: HeldPrestation[] = []
  for (const prestation of held) {
    const own = uses.filter(({ prestationId }) => prestationId === prestation.id)
    for (const use of own) lines.push(coveredLine(prestation, use, packs, regime))
    const { workedOn, minutes } = prestation.value
    const minutesBilled = billed(prestation)
    const parts = pricedParts(prestation.value, terms(workedOn), minutesBilled)
    const covered = own.reduce((total, { minutes }) => total + minutes, 0)
    const rest = withoutCovered(parts, covered)
    lines.push(...rest.map((part, at) => billedLine(prestation, part, regime, at === 0)))
    if (parts.length > 0 || covered > 0) continue
    // Its day's rounding, that a pack covers, has paid for it.
    const pack = packs.find(({ validFrom, validUntil }) => validFrom <= workedOn && workedOn <= validUntil)
    if (minutes !== null && minutesBilled === 0 && pack) {
      const use = { packId: pack.id, prestationId: prestation.id, minutes: 0 }
      lines.push(coveredLine(prestation, use, packs, regime))
    } else withoutPrice.push(prestation)
  }
  lines.push(...fees.map((fee) => feeLine(fee, regime)))
  const ordered = lines.map((line) => ({ ...line, id: '' })).sort(inReadingOrder)
  return { lines: ordered.map((line, at) => ({ ...line, id: String(at + 1) })), withoutPrice }
}

/** What was worked stands on the first of its lines: it was worked once. */
function billedLine(
  { id, value }: HeldPrestation,
  price: Priced,
  regime: VatRegime,
  isFirst: boolean,
): Omit<StoredLine, 'id'> {
  const { quantity, per, discountPercent = null } = price
  const amounts = { quantity, price: price.price, per, discountPercent }
  return {
    ...amounts,
    ...describing(id, value),
    ...(isFirst ? {} : { minutesWorked: null }),
    ...(quantity === '0' && value.minutes !== null ? { withinDay: true } : {}),
    ...(price.surcharge ? { surcharge: price.surcharge } : {}),
    unit: price.unit,
    vatRate: plain(rateUnder(regime, price.vatRate)),
    vatCategory: categoryOf(regime),
    packId: null,
    net: money(lineAmounts(amounts).net),
  }
}

/** Covered time is not invoiced again: the pack's own sale was, with its VAT. */
function coveredLine(
  { id, value }: HeldPrestation,
  { packId, minutes }: PackUse,
  packs: readonly StoredPack[],
  regime: VatRegime,
): Omit<StoredLine, 'id'> {
  const pack = packs.find((one) => one.id === packId)
  return {
    ...describing(id, value),
    quantity: String(minutes),
    unit: 'minute',
    price: '0.00',
    per: 60,
    discountPercent: null,
    vatRate: plain(rateUnder(regime, pack?.vatRate ?? '0')),
    vatCategory: categoryOf(regime),
    packId,
    net: '0.00',
  }
}

function describing(id: string, value: StoredPrestation) {
  return {
    description: value.description || value.kind,
    note: null,
    ticket: value.ticket,
    workedOn: value.workedOn,
    prestationId: id,
    minutesWorked: value.minutes,
    agent: value.agent.name,
    kind: value.kind,
  }
}
