/**
 * What was issued in a month, added up: by client, by where it comes from, by who worked. Excl. VAT; credit notes are
 * taken off. Pure.
 */
import type { RevenueReport, RevenueSource } from '@guichet/contracts/reports'
import { decimal, money } from './amounts.ts'
import { totals, type InvoiceDocument, type StoredLine } from './invoice.ts'
import { kindKey } from './kind.ts'

interface Tally {
  net: string
  minutes: number
}

/** By keys that tell apart what people call alike; `name` as it was last written. */
export interface MonthRevenue {
  month: string
  documents: number
  net: string
  companies: Record<string, { name: string; net: string }>
  sources: Record<string, Tally & { source: RevenueSource; kind: string | null }>
  agents: Record<string, Tally & { name: string | null }>
}

/** Kept once the month is over; of another revision it is added up anew. */
export type StoredMonthRevenue = MonthRevenue & { revision: number }

export function monthRevenue(month: string, documents: readonly InvoiceDocument[]): MonthRevenue {
  const revenue: MonthRevenue = { month, documents: 0, net: '0.00', companies: {}, sources: {}, agents: {} }
  for (const document of documents) {
    const sign = document.kind === 'credit-note' ? -1 : 1
    const net = signed(totals(document).net, sign)
    revenue.documents += 1
    revenue.net = plus(revenue.net, net)
    const { companyId } = document
    const name = document.issued?.buyer.name ?? document.companyName
    revenue.companies[companyId] = { name, net: plus(revenue.companies[companyId]?.net, net) }
    for (const line of document.lines) addLine(revenue, document, line, sign)
    for (const { amount } of document.allowances)
      add(revenue.sources, 'allowance', { source: 'allowance', kind: null }, signed(amount, -sign), 0)
  }
  return revenue
}

function addLine(revenue: MonthRevenue, document: InvoiceDocument, line: StoredLine, sign: number): void {
  const source = sourceOf(document, line)
  const kind = source === 'work' ? line.kind : null
  const minutes = line.unit === 'minute' ? sign * Number(line.quantity) : 0
  const net = signed(line.net, sign)
  add(revenue.sources, kind === null ? source : `work ${kindKey(kind)}`, { source, kind }, net, minutes)
  if (source === 'work') add(revenue.agents, line.agent ?? '', { name: line.agent }, net, minutes)
}

function sourceOf({ soldPackId }: InvoiceDocument, line: StoredLine): RevenueSource {
  if (line.kind !== null) return 'work'
  if (line.period !== undefined) return 'fee'
  return soldPackId === null ? 'other' : 'pack'
}

function add<Named extends object>(
  tallies: Record<string, Tally & Named>,
  key: string,
  named: Named,
  net: string,
  minutes: number,
): void {
  const before = tallies[key]
  tallies[key] = { ...named, net: plus(before?.net, net), minutes: (before?.minutes ?? 0) + minutes }
}

const signed = (amount: string, sign: number): string =>
  money(sign < 0 ? decimal(amount).neg() : decimal(amount))
const plus = (a: string | undefined, b: string): string => money(decimal(a ?? '0').plus(decimal(b)))

/** Months earliest first. */
export function revenueReport(months: readonly MonthRevenue[]): RevenueReport {
  const companies: MonthRevenue['companies'] = {}
  const sources: MonthRevenue['sources'] = {}
  const agents: MonthRevenue['agents'] = {}
  for (const month of months) {
    for (const [id, { name, net }] of Object.entries(month.companies))
      companies[id] = { name, net: plus(companies[id]?.net, net) }
    for (const [key, { net, minutes, ...named }] of Object.entries(month.sources))
      add(sources, key, named, net, minutes)
    for (const [key, { net, minutes, ...named }] of Object.entries(month.agents))
      add(agents, key, named, net, minutes)
  }
  return {
    from: months[0]?.month ?? '',
    to: months.at(-1)?.month ?? '',
    net: months.reduce((total, { net }) => plus(total, net), '0.00'),
    documents: months.reduce((total, { documents }) => total + documents, 0),
    months: months.map((each) => ({
      month: each.month,
      net: each.net,
      documents: each.documents,
      sources: bySource(each),
    })),
    companies: Object.entries(companies)
      .map(([id, company]) => ({ id, ...company }))
      .toSorted(byNet),
    sources: Object.values(sources).toSorted(byNet),
    agents: Object.values(agents).toSorted(byNet),
  }
}

/** Whatever the kind of the work. */
function bySource({ sources }: MonthRevenue): { source: RevenueSource; net: string }[] {
  const sums = new Map<RevenueSource, string>()
  for (const { source, net } of Object.values(sources)) sums.set(source, plus(sums.get(source), net))
  return [...sums].map(([source, net]) => ({ source, net })).toSorted(byNet)
}

const byNet = (a: { net: string }, b: { net: string }): number => decimal(b.net).cmp(decimal(a.net))
