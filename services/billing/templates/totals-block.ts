/** What it comes to: reductions, VAT per rate, totals. Kept together on one page. */
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { decimal, ZERO } from '../src/domain/amounts.ts'
import { totals } from '../src/domain/invoice.ts'
import { amount, figure } from './figures.ts'
import { INK, LEFT, RIGHT, SIZE, WIDTH, type Sheet } from './sheet.ts'
import type { Wording } from './wording.ts'

const ROW = 15
/** The VAT table left, the sums right. */
const VAT_WIDTH = 230
const SUMS = LEFT + WIDTH - 220

export function totalsBlock(sheet: Sheet, order: PrintOrder, words: Wording): void {
  const { language } = order.issued
  const sums = totals(order.invoice)
  const { allowances } = order.invoice
  for (const { reason, amount: reduction, vatRate } of allowances) {
    sheet.need(ROW)
    sheet.write(`${reason} (${words.vat} ${figure(vatRate, language)} %)`, LEFT + 5, sheet.y, WIDTH - 90)
    sheet.write(`−${amount(reduction, language)}`, RIGHT - 85, sheet.y, 80, { align: 'right' })
    sheet.y += ROW
  }
  const rows: [string, string, boolean][] = [
    [words.net, sums.net, false],
    ...sums.vat.map(({ rate, amount: vat }): [string, string, boolean] => [
      `${words.vat} ${figure(rate, language)} %`,
      vat,
      false,
    ]),
    [words.gross, sums.gross, false],
    ...(decimal(sums.prepaid).eq(ZERO)
      ? []
      : [[words.prepaid, `-${sums.prepaid}`, false] as [string, string, boolean]]),
    [order.invoice.kind === 'invoice' ? words.toPay : words.toCredit, sums.payable, true],
  ]
  sheet.need(Math.max(rows.length, sums.vat.length + 1) * ROW + 24)
  sheet.rule(sheet.y, LEFT, RIGHT, INK.accent, 1)
  sheet.y += 10
  const top = sheet.y
  vatTable(sheet, sums.vat, language, words)
  let y = top
  for (const [label, value, last] of rows) {
    if (last) {
      y += 4
      sheet.box(SUMS - 8, y - 4, RIGHT - SUMS + 8, ROW + 9, INK.accent)
    }
    const style = last ? { bold: true, size: 11, color: '#ffffff' } : {}
    sheet.write(label, SUMS, y, 120, { color: INK.quiet, ...style })
    sheet.write(`${amount(value, language)} €`, SUMS + 100, y, RIGHT - SUMS - 105, {
      align: 'right',
      ...style,
    })
    y += ROW
  }
  sheet.y = Math.max(y, sheet.y) + 24
}

function vatTable(
  sheet: Sheet,
  groups: ReturnType<typeof totals>['vat'],
  language: PrintOrder['issued']['language'],
  words: Wording,
): void {
  const column = VAT_WIDTH / 3
  const line = (cells: readonly string[], style: object) => {
    for (const [at, cell] of cells.entries()) {
      sheet.write(cell, LEFT + 5 + at * column, sheet.y, column - 10, {
        align: at === 0 ? 'left' : 'right',
        ...style,
      })
    }
    sheet.y += ROW
  }
  const { rate, taxable, vat } = words.vatTable
  line([`${words.vat} : ${rate.toLowerCase()}`, taxable, vat], { size: SIZE.small, color: INK.quiet })
  sheet.rule(sheet.y - 3, LEFT, LEFT + VAT_WIDTH)
  for (const group of groups) {
    const name = group.category === 'S' ? '' : ` (${group.category})`
    line(
      [
        `${figure(group.rate, language)} %${name}`,
        amount(group.taxable, language),
        amount(group.amount, language),
      ],
      {},
    )
  }
}
