/** How to pay, with a code that a bank's app reads, and what the law wants said. */
import QRCode from 'qrcode'
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { decimal, ZERO } from '../src/domain/amounts.ts'
import { epcPayment } from '../src/domain/epc-payment.ts'
import { totals } from '../src/domain/invoice.ts'
import { exemptionReasons } from '../src/domain/vat.ts'
import { amount, day } from './figures.ts'
import { INK, LEFT, RIGHT, SIZE, WIDTH, type Sheet } from './sheet.ts'
import { legalMentions, type Wording } from './wording.ts'

const CODE = 88
const LABEL = 92

export function paymentBlock(sheet: Sheet, order: PrintOrder, words: Wording): void {
  if (order.invoice.kind === 'invoice') payment(sheet, order, words)
  mentions(sheet, order, words)
}

function payment(sheet: Sheet, { issued, invoice }: PrintOrder, words: Wording): void {
  const { seller, language, dueOn, structuredReference, number } = issued
  const { payable } = totals(invoice)
  if (decimal(payable).lte(ZERO)) {
    sheet.need(30)
    sheet.y += sheet.write(words.nothingToPay, LEFT, sheet.y, WIDTH, { bold: true }) + 12
    return
  }
  const height = CODE + 30
  sheet.need(height + 14)
  const top = sheet.y
  sheet.box(LEFT, top, WIDTH, height, INK.faint)
  let y = top + 11
  y += sheet.write(words.payment, LEFT + 12, y, 200, { bold: true, size: 11, color: INK.accent }) + 4
  const rows: [string, string][] = [
    [words.toPay, `${amount(payable, language)} €`],
    [words.iban, groupedIban(seller.iban ?? '') + (seller.bic ? `   BIC ${seller.bic}` : '')],
    [words.payTo, seller.name],
    [words.communication, structuredReference ?? number],
  ]
  for (const [label, value] of rows) {
    sheet.write(label, LEFT + 12, y, LABEL, { color: INK.quiet, size: SIZE.small })
    y += sheet.write(value, LEFT + 12 + LABEL, y - 1.5, 260, { bold: true }) + 3
  }
  if (dueOn) sheet.write(words.before(day(dueOn, language)), LEFT + 12, y + 2, 300)

  const text = epcPayment({
    name: seller.name,
    iban: seller.iban ?? '',
    bic: seller.bic,
    amount: payable,
    structuredReference,
    text: number,
  })
  if (text) {
    code(sheet, text, RIGHT - CODE - 14, top + 15)
    sheet.write(words.scan, RIGHT - CODE - 104, top + 17, 80, {
      size: SIZE.small,
      color: INK.quiet,
      align: 'right',
    })
  }
  sheet.y = top + height + 14
}

/** Squares, not an image: sharp at every size. */
function code(sheet: Sheet, text: string, x: number, y: number): void {
  const { modules } = QRCode.create([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], {
    errorCorrectionLevel: 'M',
  })
  const quiet = 2
  const side = CODE / (modules.size + 2 * quiet)
  sheet.box(x, y, CODE, CODE, '#ffffff')
  const { doc } = sheet
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column))
        doc.rect(x + (column + quiet) * side, y + (row + quiet) * side, side, side)
    }
  }
  doc.fill(INK.text)
}

function mentions(sheet: Sheet, { issued, invoice, law }: PrintOrder, words: Wording): void {
  const { seller, language } = issued
  const facts = {
    reasons: exemptionReasons(
      invoice.lines.map(({ vatCategory }) => vatCategory),
      seller.vatRegime,
    ),
    creditNote: invoice.kind === 'credit-note',
    lateIndemnity: law.lateIndemnity,
  }
  // The seat's language is the one that counts; in another, it is a translation.
  const texts = legalMentions(seller.invoiceLanguage, facts)
  if (language !== seller.invoiceLanguage) texts.push(...legalMentions(language, facts), words.translation)
  const style = { size: SIZE.small, color: INK.quiet }
  for (const text of texts) {
    sheet.need(sheet.measure(text, WIDTH, style) + 3)
    sheet.y += sheet.write(text, LEFT, sheet.y, WIDTH, style) + 3
  }
}

function groupedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ')
}
