/** The work, ticket by ticket: each with its number, subject and requester, its lines by day, its subtotal. */
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { decimal, money, sum } from '../src/domain/amounts.ts'
import type { StoredLine } from '../src/domain/invoice.ts'
import { amount, day, duration, figure } from './figures.ts'
import { INK, LEFT, RIGHT, SIZE, WIDTH, type Sheet } from './sheet.ts'
import type { Wording } from './wording.ts'

/** Widths; the description takes what is left. */
const COLUMNS = { date: 56, worked: 50, billed: 58, price: 60, vat: 34, amount: 66 }
const GAP = 6
const DESCRIPTION = WIDTH - Object.values(COLUMNS).reduce((total, width) => total + width, 0)

type Column = keyof typeof COLUMNS | 'description'

const X = positions()

function positions(): Record<Column, { x: number; width: number }> {
  const order: [Column, number][] = [
    ['date', COLUMNS.date],
    ['description', DESCRIPTION],
    ['worked', COLUMNS.worked],
    ['billed', COLUMNS.billed],
    ['price', COLUMNS.price],
    ['vat', COLUMNS.vat],
    ['amount', COLUMNS.amount],
  ]
  const places = {} as Record<Column, { x: number; width: number }>
  let x = LEFT
  for (const [column, width] of order) {
    const last = column === 'amount'
    places[column] = { x, width: last ? width : width - GAP }
    x += width
  }
  return places
}

interface Group {
  ticket: number | null
  lines: StoredLine[]
}

export function lineTable(sheet: Sheet, order: PrintOrder, words: Wording): void {
  const groups = grouped(order.invoice.lines)
  header(sheet, words)
  sheet.onNewPage = () => header(sheet, words)
  for (const group of groups) ticketGroup(sheet, group, order, words)
  sheet.onNewPage = () => {}
  sheet.y += 4
}

/** Lines of one ticket together, in the order in which tickets come first. */
function grouped(lines: readonly StoredLine[]): Group[] {
  const groups = new Map<number | null, StoredLine[]>()
  for (const line of lines) groups.set(line.ticket, [...(groups.get(line.ticket) ?? []), line])
  return [...groups].map(([ticket, own]) => ({ ticket, lines: own }))
}

function header(sheet: Sheet, words: Wording): void {
  const height = 17
  sheet.box(LEFT, sheet.y, WIDTH, height, INK.faint)
  for (const column of Object.keys(X) as Column[]) {
    const { x, width } = X[column]
    const inset = column === 'date' ? 5 : column === 'amount' ? -5 : 0
    sheet.write(words.columns[column], x + Math.max(inset, 0), sheet.y + 4, width + Math.min(inset, 0), {
      size: SIZE.small,
      color: INK.quiet,
      align: isFigure(column) ? 'right' : 'left',
    })
  }
  sheet.y += height + 6
}

function isFigure(column: Column): boolean {
  return column !== 'date' && column !== 'description'
}

function ticketGroup(sheet: Sheet, { ticket, lines }: Group, order: PrintOrder, words: Wording): void {
  const label = order.invoice.tickets.find(({ number }) => number === ticket)
  const [name, subject] =
    ticket === null ? [words.other, ''] : [`${words.ticket} ${ticket}`, label?.subject ?? '']
  const requester = label?.requester ? `${words.requester} ${label.requester}` : ''
  const first = lines[0]
  // A heading is never alone at the foot of a page.
  sheet.need(26 + (first ? rowHeight(sheet, first, order, words) : 0))
  heading(sheet, name, subject, requester)
  for (const line of lines) {
    if (sheet.need(rowHeight(sheet, line, order, words))) {
      heading(sheet, name, `${subject} (${words.carriedOn})`.trim(), '')
    }
    row(sheet, line, order, words)
  }
  subtotal(sheet, lines, order, words)
}

function heading(sheet: Sheet, name: string, subject: string, requester: string): void {
  const tag = sheet.widthOf(name, { bold: true, size: 10 }) + 8
  const aside = requester === '' ? 0 : sheet.widthOf(requester, { size: SIZE.small }) + 4
  sheet.write(name, LEFT + 5, sheet.y, tag + 4, { bold: true, size: 10, color: INK.accent })
  const x = LEFT + 5 + tag
  const height = sheet.write(subject, x, sheet.y, RIGHT - x - aside - 8, { bold: true, size: 10 })
  sheet.write(requester, RIGHT - aside - 5, sheet.y + 1.5, aside, {
    size: SIZE.small,
    color: INK.quiet,
    align: 'right',
  })
  sheet.y += Math.max(height, 13) + 3
}

function rowHeight(sheet: Sheet, line: StoredLine, order: PrintOrder, words: Wording): number {
  const { width } = X.description
  const detail = detailOf(line, order, words)
  return (
    sheet.measure(line.description, width) +
    (detail === '' ? 0 : sheet.measure(detail, width, { size: SIZE.small })) +
    5
  )
}

function row(sheet: Sheet, line: StoredLine, order: PrintOrder, words: Wording): void {
  const { language } = order.issued
  const cells: Record<Exclude<Column, 'description'>, string> = {
    date: line.workedOn === null ? '' : day(line.workedOn, language),
    worked: line.minutesWorked === null ? '' : duration(line.minutesWorked),
    billed: billed(line, language, words),
    price: price(line, language, words),
    vat: `${figure(line.vatRate, language)} %`,
    amount: amount(line.net, language),
  }
  for (const column of Object.keys(cells) as (keyof typeof cells)[]) {
    const { x, width } = X[column]
    const inset = column === 'date' ? 5 : 0
    const edge = column === 'amount' ? 5 : 0
    sheet.write(cells[column], x + inset, sheet.y, width - edge, {
      align: isFigure(column) ? 'right' : 'left',
      color: column === 'worked' || column === 'date' ? INK.quiet : INK.text,
    })
  }
  const { x, width } = X.description
  let y = sheet.y + sheet.write(line.description, x, sheet.y, width)
  y += sheet.write(detailOf(line, order, words), x, y, width, { size: SIZE.small, color: INK.quiet })
  sheet.y = Math.max(y, sheet.y + 12) + 5
}

/** Who did what kind of work, under what conditions. */
function detailOf(line: StoredLine, { issued }: PrintOrder, words: Wording): string {
  const kind = line.kind !== null && line.kind !== line.description ? line.kind : null
  const discount = line.discountPercent && words.discount(figure(line.discountPercent, issued.language))
  const covered = line.packId === null ? null : words.covered
  return [line.agent, kind, discount, covered, line.note]
    .filter((part) => part !== null && part !== '')
    .join('  ·  ')
}

function billed(
  { quantity, unit }: StoredLine,
  language: PrintOrder['issued']['language'],
  words: Wording,
): string {
  if (unit === 'minute' && /^-?\d+$/.test(quantity)) return duration(Number(quantity))
  const name = unit === 'minute' ? 'min' : unit === 'piece' ? '' : words.units[unit]
  return `${figure(quantity, language)} ${name}`.trim()
}

function price(line: StoredLine, language: PrintOrder['issued']['language'], words: Wording): string {
  const text = amount(line.price, language)
  if (line.unit === 'minute')
    return line.per === 60 ? `${text}/${words.units.hour}` : `${text}/${line.per} min`
  const unit =
    line.unit === 'piece' ? '' : `/${line.per === 1 ? '' : `${line.per} `}${words.units[line.unit]}`
  return line.unit === 'piece' && line.per !== 1 ? `${text}/${line.per}` : text + unit
}

function subtotal(sheet: Sheet, lines: readonly StoredLine[], order: PrintOrder, words: Wording): void {
  const net = money(sum(lines.map((line) => decimal(line.net))))
  sheet.rule(sheet.y, X.billed.x, RIGHT)
  sheet.y += 3
  sheet.write(words.subtotal, LEFT, sheet.y, X.vat.x + X.vat.width - LEFT - 6, {
    size: SIZE.small,
    color: INK.quiet,
    align: 'right',
  })
  sheet.write(amount(net, order.issued.language), X.amount.x, sheet.y - 1, X.amount.width - 5, {
    align: 'right',
    bold: true,
  })
  sheet.y += 20
}
