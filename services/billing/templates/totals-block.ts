/** What it comes to: reductions, prepaid hours left, VAT per rate, totals. Kept together on one page. */
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { decimal, ZERO } from '../src/domain/amounts.ts'
import { totals } from '../src/domain/invoice.ts'
import { exemptionReason } from '../src/domain/vat.ts'
import { cell, headerRow, INSET, placesOf, type Column } from './columns.ts'
import { amount, day, duration, figure } from './figures.ts'
import { INK, LEFT, RIGHT, SIZE, type Sheet } from './sheet.ts'
import type { Wording } from './wording.ts'

const ROW = 16
/** The VAT table left, the sums right. */
const VAT_WIDTH = 268
const SUMS_WIDTH = 196

export function totalsBlock(sheet: Sheet, order: PrintOrder, words: Wording): void {
  allowances(sheet, order, words)
  balances(sheet, order, words)
  const sums = totals(order.invoice)
  sheet.need(Math.max(sums.vat.length * 27 + 50, 110))
  const top = sheet.y
  vatTable(sheet, order, words)
  const left = sheet.y
  sheet.y = top
  sumsTable(sheet, order, words)
  sheet.y = Math.max(left, sheet.y) + 22
}

function allowances(sheet: Sheet, { invoice, issued }: PrintOrder, words: Wording): void {
  if (invoice.allowances.length === 0) return
  const columns: Column[] = [
    { title: words.allowances, align: 'left' },
    { title: words.vat, width: 48, align: 'right' },
    { title: words.columns.amount, width: 80, align: 'right' },
  ]
  const places = placesOf(columns)
  sheet.need(50)
  sheet.element('Table', () => {
    headerRow(sheet, columns, places)
    for (const { reason, amount: reduction, vatRate } of invoice.allowances) {
      const [why, rate, value] = places
      if (!why || !rate || !value) continue
      const height = sheet.measure(reason, why.width) + 4
      sheet.need(height)
      sheet.element('TR', () => {
        cell(sheet, 'TD', reason, why, sheet.y)
        cell(sheet, 'TD', `${figure(vatRate, issued.language)} %`, rate, sheet.y)
        cell(sheet, 'TD', `−${amount(reduction, issued.language)}`, value, sheet.y)
      })
      sheet.y += height
    }
  })
  sheet.y += 14
}

/** Prepaid hours: what was bought, what this invoice used, what is left of it. */
function balances(sheet: Sheet, { packs, issued }: PrintOrder, words: Wording): void {
  if (!packs || packs.length === 0) return
  const { title, valid, sold, used, left } = words.balance
  const columns: Column[] = [
    { title, align: 'left' },
    { title: sold, width: 84, align: 'right' },
    { title: used, width: 84, align: 'right' },
    { title: left, width: 84, align: 'right' },
  ]
  const places = placesOf(columns)
  sheet.need(26 + packs.length * ROW)
  sheet.element('Table', () => {
    headerRow(sheet, columns, places)
    for (const pack of packs) {
      const until = valid(day(pack.validFrom, issued.language), day(pack.validUntil, issued.language))
      const said = [until, duration(pack.minutes), duration(pack.usedHere), duration(pack.remaining)]
      sheet.need(ROW)
      sheet.element('TR', () => {
        for (const [at, text] of said.entries()) {
          const place = places[at]
          if (place) cell(sheet, 'TD', text, place, sheet.y, { bold: at === 3 })
        }
      })
      sheet.y += ROW
    }
  })
  sheet.y += 14
}

function vatTable(sheet: Sheet, { invoice, issued }: PrintOrder, words: Wording): void {
  const { language, seller } = issued
  const columns: Column[] = [
    { title: `${words.vat} · ${words.vatTable.rate.toLowerCase()}`, align: 'left' },
    { title: words.vatTable.taxable, width: 82, align: 'right' },
    { title: words.vatTable.vat, width: 72, align: 'right' },
  ]
  const places = placesOf(columns, LEFT, VAT_WIDTH)
  sheet.element('Table', () => {
    headerRow(sheet, columns, places, LEFT, VAT_WIDTH)
    for (const group of totals(invoice).vat) {
      const reason = exemptionReason(group.category, seller.vatRegime)
      const rate = `${figure(group.rate, language)} %`
      const [name, taxable, tax] = places
      if (!name || !taxable || !tax) continue
      const said = reason ? `${rate}  ·  ${words.withoutVat[reason]}` : rate
      const height = sheet.measure(said, name.width) + 3
      sheet.element('TR', () => {
        cell(sheet, 'TD', said, name, sheet.y)
        cell(sheet, 'TD', amount(group.taxable, language), taxable, sheet.y)
        cell(sheet, 'TD', amount(group.amount, language), tax, sheet.y)
      })
      sheet.y += height
    }
  })
}

function sumsTable(sheet: Sheet, { invoice, issued }: PrintOrder, words: Wording): void {
  const { language } = issued
  const sums = totals(invoice)
  const rows: [string, string][] = [
    [words.net, sums.net],
    ...sums.vat
      .filter(({ category }) => category === 'S')
      .map(({ rate, amount: tax }): [string, string] => [`${words.vat} ${figure(rate, language)} %`, tax]),
    [words.gross, sums.gross],
    ...(decimal(sums.prepaid).eq(ZERO) ? [] : [[words.prepaid, `-${sums.prepaid}`] as [string, string]]),
  ]
  const last = invoice.kind === 'invoice' ? words.toPay : words.toCredit
  const x = RIGHT - SUMS_WIDTH + INSET + 2
  const width = RIGHT - INSET - 4 - x
  const line = (label: string, value: string, y: number, style = {}) =>
    sheet.element('TR', () => {
      const name = { color: INK.quiet, ...style }
      sheet.element('TH', () => sheet.write(label, x, y, width, name), { scope: 'Row' })
      sheet.element('TD', () =>
        sheet.write(`${amount(value, language)} €`, x, y, width, { align: 'right', ...style }),
      )
    })
  sheet.element('Table', () => {
    sheet.y += 3
    for (const [label, value] of rows) {
      line(label, value, sheet.y)
      sheet.y += ROW
    }
    sheet.y += 2
    sheet.box(RIGHT - SUMS_WIDTH, sheet.y, SUMS_WIDTH, 24, INK.accent)
    line(last, sums.payable, sheet.y + 4.5, { bold: true, size: SIZE.heading, color: '#ffffff' })
    sheet.y += 24
  })
}
