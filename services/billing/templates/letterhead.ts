/** The head of the first page: who bills whom, what for, by when. */
import type { PostalAddress } from '@guichet/contracts/identity'
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { day } from './figures.ts'
import { INK, LEFT, MARGIN, RIGHT, SIZE, WIDTH, type Sheet } from './sheet.ts'
import type { Wording } from './wording.ts'

const HALF = WIDTH / 2
const RIGHT_COLUMN = LEFT + HALF + 24
const RIGHT_WIDTH = RIGHT - RIGHT_COLUMN
const QUIET = { size: SIZE.small, color: INK.quiet }
const LOGO = { width: 170, height: 44 }

export function letterhead(sheet: Sheet, order: PrintOrder, words: Wording): void {
  const { invoice, issued } = order
  const title = invoice.kind === 'invoice' ? words.invoice : words.creditNote
  const titleEnd = sheet.element('H1', () => {
    const top = MARGIN.top - 7
    const height = sheet.write(title, RIGHT_COLUMN, top, RIGHT_WIDTH, { size: SIZE.title })
    const number = { size: SIZE.name, color: INK.accent, bold: true }
    return top + height + sheet.write(issued.number, RIGHT_COLUMN, top + height - 1, RIGHT_WIDTH, number)
  })
  const sellerEnd = sheet.element('Sect', () => seller(sheet, order, words))
  // The rest begins on one line, however much the seller says of itself.
  const top = Math.max(sellerEnd, titleEnd + 4) + 24
  const buyerEnd = sheet.element('Sect', () => buyer(sheet, order, words, top))
  const factsEnd = facts(sheet, order, words, top)
  const end = credited(sheet, order, words, factsEnd + 8)
  sheet.y = Math.max(buyerEnd, end) + 22
}

function seller(sheet: Sheet, order: PrintOrder, words: Wording): number {
  let y = MARGIN.top - 4
  if (order.logo) {
    logo(sheet, order.logo.bytes, order.issued.seller.name, y)
    y += LOGO.height + 8
  } else {
    const name = { size: SIZE.name, bold: true, color: INK.accent }
    y += sheet.say('P', order.issued.seller.name, LEFT, y, HALF, name) + 3
  }
  for (const line of sellerLines(order, words)) y += sheet.say('P', line, LEFT, y, HALF, QUIET)
  return y
}

function logo(sheet: Sheet, bytes: Uint8Array, name: string, y: number): void {
  sheet.figure(name, [LEFT, y, LEFT + LOGO.width, y + LOGO.height], () =>
    sheet.picture(bytes, LEFT, y, [LOGO.width, LOGO.height]),
  )
}

function buyer(sheet: Sheet, order: PrintOrder, words: Wording, top: number): number {
  let y = top
  y += sheet.say('P', words.to, LEFT, y, HALF, QUIET) + 2
  for (const [at, line] of buyerLines(order, words).entries()) {
    y += sheet.say('P', line, LEFT, y, HALF, { size: 10.5, bold: at === 0 })
  }
  return y
}

/** What a credit note corrects, and why. */
function credited(sheet: Sheet, { invoice, issued }: PrintOrder, words: Wording, top: number): number {
  if (!invoice.credits) return top
  const { number, issuedOn, reason } = invoice.credits
  const said = words.creditsInvoice(number, day(issuedOn, issued.language))
  let y = top
  y += sheet.say('P', said, RIGHT_COLUMN, y, RIGHT_WIDTH, { bold: true }) + 2
  y += sheet.say('P', reason, RIGHT_COLUMN, y, RIGHT_WIDTH, { color: INK.quiet })
  return y
}

const LABEL = 96

function facts(sheet: Sheet, { issued, invoice }: PrintOrder, words: Wording, top: number): number {
  const { language } = issued
  const period =
    invoice.period && `${day(invoice.period.from, language)} – ${day(invoice.period.to, language)}`
  const rows: [string, string | null][] = [
    [words.date, day(issued.issuedOn, language)],
    [words.due, issued.dueOn && day(issued.dueOn, language)],
    [words.period, period],
    [words.reference, issued.reference],
    [words.communication, issued.structuredReference],
  ]
  return sheet.element('Table', () => {
    let y = top
    for (const [label, value] of rows) {
      if (value === null) continue
      y += sheet.element('TR', () => {
        // Both on one baseline.
        const name = sheet.element('TH', () => sheet.write(label, RIGHT_COLUMN, y + 1.9, LABEL - 4, QUIET), {
          scope: 'Row',
        })
        const said = sheet.element('TD', () =>
          sheet.write(value, RIGHT_COLUMN + LABEL, y, RIGHT_WIDTH - LABEL),
        )
        return Math.max(name + 1.9, said) + 3
      })
    }
    return y
  })
}

function sellerLines({ issued: { seller } }: PrintOrder, words: Wording): string[] {
  const { address } = seller
  const legal = [seller.legalName !== seller.name ? seller.legalName : null, seller.legalForm].filter(Boolean)
  const numbers = [seller.vatNumber && `${words.vat} ${spaced(seller.vatNumber)}`, seller.registry]
  const reach = [seller.email, seller.phone]
  return [
    legal.join(' '),
    ...(address ? [address.street, placeOf(address, undefined)] : []),
    numbers.filter(Boolean).join('  ·  '),
    reach.filter(Boolean).join('  ·  '),
  ].filter((line) => line !== '')
}

function buyerLines({ issued: { buyer, seller } }: PrintOrder, words: Wording): string[] {
  const { address, legalName, name, vatNumber, enterpriseNumber } = buyer
  const number = vatNumber
    ? `${words.vat} ${spaced(vatNumber)}`
    : enterpriseNumber && `${words.enterprise} ${enterpriseNumber}`
  return [
    legalName ?? name,
    ...(legalName && legalName !== name ? [name] : []),
    ...(address ? [address.street, placeOf(address, seller.address?.country)] : []),
    number ?? '',
  ].filter((line) => line !== '')
}

/** `BE-5000 Namur`; at home without the country. */
function placeOf(address: PostalAddress, home: string | undefined): string {
  const place = `${address.zip} ${address.city}`.trim()
  return address.country === home ? place : `${address.country}-${place}`
}

/** `BE0403019261` → `BE 0403.019.261`, as Belgians read it. */
export function spaced(vatNumber: string): string {
  const match = /^BE(\d{4})(\d{3})(\d{3})$/.exec(vatNumber)
  return match ? `BE ${match[1]}.${match[2]}.${match[3]}` : vatNumber
}
