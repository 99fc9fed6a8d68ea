/** At a glance: what it comes to and until when, then the tickets, each with its time and amount. */
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { decimal, money, sum, ZERO } from '../src/domain/amounts.ts'
import { totals } from '../src/domain/invoice.ts'
import { cell, headerRow, INSET, placesOf, type Column } from './columns.ts'
import { amount, day, duration } from './figures.ts'
import { groupsOf, type Group } from './line-groups.ts'
import { INK, LEFT, RIGHT, SIZE, WIDTH, type Sheet } from './sheet.ts'
import type { Wording } from './wording.ts'

export function summary(sheet: Sheet, order: PrintOrder, words: Wording): void {
  sums(sheet, order, words)
  const groups = groupsOf(order.invoice)
  // One ticket alone is its own summary.
  if (groups.length > 1) overview(sheet, groups, order, words)
}

const PANEL = 46

function sums(sheet: Sheet, { invoice, issued }: PrintOrder, words: Wording): void {
  const { language, dueOn } = issued
  const { net, gross, vat, prepaid, payable } = totals(invoice)
  const euro = (value: string) => `${amount(value, language)} €`
  const cells: [string, string][] = [
    [words.net, euro(net)],
    [words.totalVat, euro(money(sum(vat.map((group) => decimal(group.amount)))))],
    [words.gross, euro(gross)],
    ...(decimal(prepaid).eq(ZERO) ? [] : [[words.prepaid, euro(`-${prepaid}`)] as [string, string]]),
  ]
  const last: [string, string] =
    invoice.kind === 'credit-note'
      ? [words.toCredit, euro(payable)]
      : [dueOn ? words.payableBy(day(dueOn, language)) : words.toPay, euro(payable)]

  const top = sheet.y
  const strong = 158
  const column = (WIDTH - strong - INSET) / cells.length
  sheet.box(LEFT, top, WIDTH, PANEL, INK.faint)
  sheet.box(RIGHT - strong, top, strong, PANEL, INK.accent)
  const placed = [...cells, last].map(([label, value], at) => {
    const isLast = at === cells.length
    return {
      label,
      value,
      isLast,
      place: {
        x: isLast ? RIGHT - strong + 12 : LEFT + INSET + 4 + at * column,
        width: isLast ? strong - 24 : column - 10,
        align: isLast ? ('right' as const) : ('left' as const),
      },
    }
  })
  sheet.element('Table', () => {
    sheet.element('TR', () => {
      for (const { label, isLast, place } of placed) {
        const style = { size: SIZE.small, color: isLast ? '#ffffff' : INK.quiet }
        cell(sheet, 'TH', label, place, top + 8, style)
      }
    })
    sheet.element('TR', () => {
      for (const { value, isLast, place } of placed) {
        const style = isLast ? { size: 15, bold: true, color: '#ffffff' } : { size: 11.5 }
        cell(sheet, 'TD', value, place, top + (isLast ? 19.5 : 21), style)
      }
    })
  })
  sheet.y = top + PANEL + 20
}

function overview(sheet: Sheet, groups: readonly Group[], order: PrintOrder, words: Wording): void {
  const columns: Column[] = [
    { title: words.ticket, width: 72, align: 'left' },
    { title: words.subject, align: 'left' },
    { title: words.columns.billed, width: 72, align: 'right' },
    { title: words.columns.amount, width: 78, align: 'right' },
  ]
  const places = placesOf(columns)
  sheet.need(90)
  sheet.y += sheet.say('H2', words.overview, LEFT, sheet.y, WIDTH, { size: SIZE.heading, bold: true }) + 6
  sheet.element('Table', () => {
    headerRow(sheet, columns, places)
    sheet.onNewPage = () => headerRow(sheet, columns, places)
    for (const group of groups) {
      const [ticket, subject, time, net] = places
      if (!ticket || !subject || !time || !net) continue
      const title = group.ticket === null ? words.other : group.subject
      const height = Math.max(sheet.measure(title, subject.width), sheet.lineHeight())
      sheet.need(height + 4)
      sheet.element('TR', () => {
        const number = group.ticket === null ? '' : String(group.ticket)
        cell(sheet, 'TD', number, ticket, sheet.y, { color: INK.accent, bold: true })
        cell(sheet, 'TD', title, subject, sheet.y)
        cell(sheet, 'TD', group.minutes === 0 ? '' : duration(group.minutes), time, sheet.y)
        cell(sheet, 'TD', amount(group.net, order.issued.language), net, sheet.y)
      })
      sheet.y += height + 4
    }
    sheet.onNewPage = () => {}
  })
  sheet.y += 18
}
