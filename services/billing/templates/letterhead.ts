/** The head of the first page: who bills whom, what for, by when. */
import type { PostalAddress } from '@guichet/contracts/identity'
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { day } from './figures.ts'
import { INK, LEFT, MARGIN, RIGHT, SIZE, WIDTH, type Sheet } from './sheet.ts'
import type { Wording } from './wording.ts'

const HALF = WIDTH / 2
const RIGHT_COLUMN = LEFT + HALF + 28
const QUIET = { size: SIZE.small, color: INK.quiet }

export function letterhead(sheet: Sheet, order: PrintOrder, words: Wording): void {
  const { issued, invoice } = order
  const { seller } = issued

  const top = MARGIN.top
  let left =
    top + sheet.write(seller.name, LEFT, top, HALF, { size: SIZE.name, bold: true, color: INK.accent }) + 2
  for (const line of sellerLines(order, words)) left += sheet.write(line, LEFT, left, HALF, QUIET)

  const title = invoice.kind === 'invoice' ? words.invoice : words.creditNote
  let right = top - 4
  right += sheet.write(title, RIGHT_COLUMN, right, RIGHT - RIGHT_COLUMN, { size: SIZE.title, bold: true }) + 4
  for (const [label, value] of facts(order, words)) right += pair(sheet, label, value, right)

  let y = left + 22
  y += sheet.write(words.to, LEFT, y, HALF, QUIET) + 1
  for (const [at, line] of buyerLines(order, words).entries()) {
    y += sheet.write(line, LEFT, y, HALF, { size: 10.5, bold: at === 0 })
  }
  const credited = creditedBlock(sheet, order, words, right + 12)
  sheet.y = Math.max(y, credited) + 24
}

/** What a credit note corrects, and why. */
function creditedBlock(sheet: Sheet, { invoice, issued }: PrintOrder, words: Wording, top: number): number {
  if (!invoice.credits) return top
  const { number, issuedOn, reason } = invoice.credits
  let y = top
  const width = RIGHT - RIGHT_COLUMN
  y += sheet.write(words.creditsInvoice(number, day(issuedOn, issued.language)), RIGHT_COLUMN, y, width, {
    bold: true,
  })
  y += sheet.write(reason, RIGHT_COLUMN, y + 2, width, { color: INK.quiet })
  return y
}

function pair(sheet: Sheet, label: string, value: string, y: number): number {
  const column = 96
  sheet.write(label, RIGHT_COLUMN, y + 1, column, QUIET)
  const x = RIGHT_COLUMN + column
  return Math.max(sheet.write(value, x, y, RIGHT - x, { bold: label !== '' }), 12) + 2
}

function facts({ issued, invoice }: PrintOrder, words: Wording): [string, string][] {
  const { language } = issued
  const period =
    invoice.period && `${day(invoice.period.from, language)} – ${day(invoice.period.to, language)}`
  const rows: [string, string | null][] = [
    [words.number, issued.number],
    [words.date, day(issued.issuedOn, language)],
    [words.due, issued.dueOn && day(issued.dueOn, language)],
    [words.period, period],
    [words.reference, issued.reference],
    [words.communication, issued.structuredReference],
  ]
  return rows.filter((row): row is [string, string] => row[1] !== null)
}

function sellerLines({ issued: { seller } }: PrintOrder, words: Wording): string[] {
  const { address } = seller
  const legal = [seller.legalName !== seller.name ? seller.legalName : null, seller.legalForm].filter(Boolean)
  const numbers = [seller.vatNumber && `${words.vat} ${spaced(seller.vatNumber)}`, seller.registry].filter(
    Boolean,
  )
  const reach = [seller.email, seller.phone].filter(Boolean)
  return [
    legal.join(' '),
    ...(address ? [address.street, placeOf(address, undefined)] : []),
    numbers.join('  ·  '),
    reach.join('  ·  '),
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
function spaced(vatNumber: string): string {
  const match = /^BE(\d{4})(\d{3})(\d{3})$/.exec(vatNumber)
  return match ? `BE ${match[1]}.${match[2]}.${match[3]}` : vatNumber
}
