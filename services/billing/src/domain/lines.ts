/** Lines of a draft: written by hand, or made of prestations. */
import type { InvoiceLineInput, VatRegime } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'
import { decimal, LARGEST, lineAmounts, money, plain, priceText, ZERO } from './amounts.ts'
import { isRealDay } from './days.ts'
import type { StoredAllowance, StoredLine } from './invoice.ts'
import { inOrder } from './order.ts'
import { categoryOf, rateFault } from './vat.ts'

const HUNDRED = decimal('100')

const NO_PRESTATION = {
  prestationId: null,
  packId: null,
  minutesWorked: null,
  agent: null,
  kind: null,
} as const

/** `kept`: the lines the draft had; one named by its id keeps its prestation. */
export function handMadeLines(
  inputs: readonly InvoiceLineInput[],
  regime: VatRegime,
  kept: readonly StoredLine[] = [],
): { lines: StoredLine[]; faults: FieldFault[] } {
  const faults: FieldFault[] = []
  const seen = new Set<string>()
  let nextId = 1 + Math.max(0, ...kept.map(({ id }) => Number(id)))
  const lines = inputs.map((input, at): StoredLine => {
    const path = `lines.${at}`
    const before = input.id === undefined ? undefined : kept.find(({ id }) => id === input.id)
    if (input.id !== undefined && (!before || seen.has(input.id))) {
      faults.push({ path: `${path}.id`, code: 'no-such-line' })
    }
    if (input.id !== undefined) seen.add(input.id)
    const vatCategory = input.vatCategory ?? categoryOf(regime)
    const amounts = {
      quantity: plain(input.quantity),
      price: priceText(input.price),
      per: input.per ?? 1,
      discountPercent: discountOf(input.discountPercent),
    }
    const { net } = lineAmounts(amounts)
    if (net.abs().gt(LARGEST)) faults.push({ path: `${path}.price`, code: 'amount-too-large' })
    if (amounts.discountPercent !== null && decimal(amounts.discountPercent).gt(HUNDRED)) {
      faults.push({ path: `${path}.discountPercent`, code: 'too-large', params: { limit: 100 } })
    }
    if (decimal(input.vatRate).gt(HUNDRED)) {
      faults.push({ path: `${path}.vatRate`, code: 'too-large', params: { limit: 100 } })
    }
    const fault = rateFault(path, input.vatRate, vatCategory)
    if (fault) faults.push(fault)
    if (before?.packId && (amounts.quantity !== before.quantity || amounts.price !== before.price)) {
      faults.push({ path: `${path}.quantity`, code: 'covered-by-pack' })
    }
    if (input.workedOn && !isRealDay(input.workedOn)) {
      faults.push({ path: `${path}.workedOn`, code: 'no-such-day' })
    }
    if (input.description.trim() === '') faults.push({ path: `${path}.description`, code: 'required' })
    return {
      ...NO_PRESTATION,
      ...(before && pickPrestation(before)),
      ...(before?.withinDay && amounts.quantity === before.quantity ? { withinDay: true } : {}),
      ...amounts,
      id: before?.id ?? String(nextId++),
      description: input.description.trim(),
      note: input.note?.trim() || null,
      unit: input.unit,
      vatRate: plain(input.vatRate),
      vatCategory,
      ticket: input.ticket ?? null,
      workedOn: input.workedOn ?? null,
      net: money(net),
    }
  })
  return { lines, faults }
}

function discountOf(percent: string | null | undefined): string | null {
  return percent == null || decimal(percent).eq(ZERO) ? null : plain(percent)
}

function pickPrestation(line: StoredLine) {
  const { prestationId, packId, minutesWorked, agent, kind, surcharge, charge, period } = line
  return {
    prestationId,
    packId,
    minutesWorked,
    agent,
    kind,
    ...(surcharge ? { surcharge } : {}),
    ...(charge ? { charge } : {}),
    ...(period ? { period } : {}),
  }
}

export interface AllowanceInput {
  amount: string
  vatRate: string
  vatCategory?: StoredAllowance['vatCategory']
  reason: string
}

export function checkedAllowances(
  inputs: readonly AllowanceInput[],
  regime: VatRegime,
): { allowances: StoredAllowance[]; faults: FieldFault[] } {
  const faults: FieldFault[] = []
  const allowances = inputs.map((input, at) => {
    const vatCategory = input.vatCategory ?? categoryOf(regime)
    const fault = rateFault(`allowances.${at}`, input.vatRate, vatCategory)
    if (fault) faults.push(fault)
    if (decimal(input.amount).lte(ZERO))
      faults.push({ path: `allowances.${at}.amount`, code: 'amount-not-positive' })
    const reason = input.reason.trim()
    if (reason === '') faults.push({ path: `allowances.${at}.reason`, code: 'required' })
    return { amount: money(decimal(input.amount)), vatRate: plain(input.vatRate), vatCategory, reason }
  })
  return { allowances, faults }
}

/** As an invoice reads: ticket by ticket, day by day; lines of no ticket last, in the order written. */
export function inReadingOrder(a: StoredLine, b: StoredLine): number {
  const [one, other] = [a.ticket ?? Infinity, b.ticket ?? Infinity]
  if (one !== other) return one - other
  return inOrder(a.workedOn ?? '', b.workedOn ?? '') || inOrder(a.prestationId ?? '', b.prestationId ?? '')
}

/** From the first to the last day of work or of a fee, and the run's own period where there is one: each line lies inside. */
export function periodOf(
  lines: readonly StoredLine[],
  run: { from: string; to: string } | null = null,
): { from: string; to: string } | null {
  const days = [
    ...lines.flatMap(({ workedOn }) => workedOn ?? []),
    ...lines.flatMap(({ period }) => (period ? [period.from, period.to] : [])),
    ...(run ? [run.from, run.to] : []),
  ].sort()
  const [from, to] = [days[0], days.at(-1)]
  return from !== undefined && to !== undefined ? { from, to } : null
}
