/** How to pay, with a code that a bank's app reads, and what the law wants said. */
import QRCode from 'qrcode'
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { decimal, ZERO } from '../src/domain/amounts.ts'
import { epcPayment } from '../src/domain/epc-payment.ts'
import { isBusiness, totals } from '../src/domain/invoice.ts'
import { exemptionReasons } from '../src/domain/vat.ts'
import { amount, day } from './figures.ts'
import { INK, LEFT, RIGHT, SIZE, WIDTH, type Box, type Sheet } from './sheet.ts'
import { legalMentions, type Wording } from './wording.ts'

const CODE = 92
const LABEL = 92
const PAD = 14

export function paymentBlock(sheet: Sheet, order: PrintOrder, words: Wording): void {
  if (order.invoice.kind === 'invoice') payment(sheet, order, words)
  mentions(sheet, order, words)
}

function payment(sheet: Sheet, { issued, invoice }: PrintOrder, words: Wording): void {
  const { seller, language, dueOn, structuredReference, number } = issued
  const { payable } = totals(invoice)
  if (decimal(payable).lte(ZERO)) {
    sheet.need(30)
    sheet.y += sheet.say('P', words.nothingToPay, LEFT, sheet.y, WIDTH, { bold: true }) + 14
    return
  }
  const height = CODE + 2 * PAD
  sheet.need(height + 16)
  const top = sheet.y
  sheet.box(LEFT, top, WIDTH, height, INK.faint)
  const x = LEFT + PAD
  let y = top + PAD - 2
  y += sheet.say('H2', words.payment, x, y, 220, { bold: true, size: SIZE.heading, color: INK.accent }) + 5
  const iban = groupedIban(seller.iban ?? '')
  const toPay = `${amount(payable, language)} €`
  const rows: [string, string | null][] = [
    [words.toPay, toPay],
    [words.iban, iban],
    ['BIC', seller.bic],
    [words.payTo, seller.name],
    [words.communication, structuredReference ?? number],
  ]
  sheet.element('Table', () => {
    for (const [label, value] of rows) {
      if (value === null) continue
      sheet.element('TR', () => {
        const quiet = { color: INK.quiet, size: SIZE.small }
        sheet.element('TH', () => sheet.write(label, x, y + 1.9, LABEL - 4, quiet), { scope: 'Row' })
        sheet.element('TD', () => {
          y += sheet.write(value, x + LABEL, y, 240, { bold: true }) + 2.5
        })
      })
    }
  })
  const text = epcPayment({
    name: seller.name,
    iban: seller.iban ?? '',
    bic: seller.bic,
    amount: payable,
    structuredReference,
    text: number,
  })
  if (text) {
    const left = RIGHT - PAD - CODE
    code(sheet, text, left, top + PAD, words.code(toPay, iban))
    const style = { size: SIZE.small, color: INK.quiet, align: 'right' as const }
    sheet.say('P', words.scan, left - 92, top + PAD + 2, 82, style)
    if (dueOn) {
      const due = sheet.measure(words.before(day(dueOn, language)), 82, style)
      sheet.say('P', words.before(day(dueOn, language)), left - 92, top + PAD + CODE - due - 2, 82, style)
    }
  }
  sheet.y = top + height + 16
}

/** Squares, not an image: sharp at every size. */
function code(sheet: Sheet, text: string, x: number, y: number, alt: string): void {
  const { modules } = QRCode.create([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], {
    errorCorrectionLevel: 'M',
  })
  const quiet = 2
  const side = CODE / (modules.size + 2 * quiet)
  sheet.box(x, y, CODE, CODE, '#ffffff')
  const bars: Box[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue
      // Neighbours are one bar: half the work, and no hair lines between them.
      let end = column + 1
      while (end < modules.size && modules.get(row, end)) end += 1
      bars.push([x + (column + quiet) * side, y + (row + quiet) * side, (end - column) * side, side])
      column = end
    }
  }
  sheet.figure(alt, [x, y, x + CODE, y + CODE], () => sheet.boxes(INK.text, bars))
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
    toBusiness: isBusiness(issued.buyer),
  }
  // The seat's language is the one that counts; in another, it is a translation.
  const texts = legalMentions(seller.invoiceLanguage, facts)
  if (language !== seller.invoiceLanguage) texts.push(...legalMentions(language, facts), words.translation)
  const style = { size: SIZE.small, color: INK.quiet }
  for (const text of texts) {
    sheet.need(sheet.measure(text, WIDTH, style) + 4)
    sheet.y += sheet.say('P', text, LEFT, sheet.y, WIDTH, style) + 4
  }
}

function groupedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ')
}
