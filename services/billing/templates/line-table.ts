/** The work, ticket by ticket: each with its number, subject and requester, its lines by day, its subtotal. */
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import type { StoredLine } from '../src/domain/invoice.ts'
import { cell, headerRow, INSET, placesOf, type Column, type Place } from './columns.ts'
import { amount, day, duration, figure } from './figures.ts'
import { groupsOf, type Group } from './line-groups.ts'
import { BOTTOM, INK, LEFT, RIGHT, SIZE, WIDTH, type Sheet } from './sheet.ts'
import type { Line } from './type-setting.ts'
import type { Wording } from './wording.ts'

const DETAIL = { size: SIZE.small, color: INK.quiet }
const ROW_GAP = 4
const SUBTOTAL = 26
/** A row of words longer than this may go on on the next page; with so many lines on either side at least. */
const LONGEST_WHOLE_ROW = 170
const FEWEST_LINES = 3

type Name = 'date' | 'description' | 'worked' | 'billed' | 'price' | 'vat' | 'amount'

interface Table {
  sheet: Sheet
  order: PrintOrder
  words: Wording
  columns: Column[]
  places: Place[]
  names: Name[]
}

export function lineTable(sheet: Sheet, order: PrintOrder, words: Wording): void {
  const table = tableOf(sheet, order, words)
  const { columns, places } = table
  sheet.need(110)
  sheet.element('Table', () => {
    headerRow(sheet, columns, places)
    for (const group of groupsOf(order.invoice)) ticketGroup(table, group)
  })
  sheet.onNewPage = () => {}
  sheet.y += 6
}

/** What nothing is said in has no column: minutes worked where nobody worked, a rate where there is one for all. */
function tableOf(sheet: Sheet, order: PrintOrder, words: Wording): Table {
  const { lines } = order.invoice
  const some = (said: (line: StoredLine) => unknown) => lines.some((line) => said(line) !== null)
  const rates = new Set(lines.map(({ vatRate, vatCategory }) => `${vatCategory} ${vatRate}`))
  const wanted: [Name, boolean, number | undefined][] = [
    ['date', some(({ workedOn }) => workedOn), 58],
    ['description', true, undefined],
    ['worked', some(({ minutesWorked }) => minutesWorked), 46],
    ['billed', true, 54],
    ['price', true, 62],
    ['vat', rates.size > 1, 36],
    ['amount', true, 58],
  ]
  const shown = wanted.filter(([, isShown]) => isShown)
  const columns = shown.map(([name, , width]): Column => {
    const align = name === 'date' || name === 'description' ? 'left' : 'right'
    return { title: words.columns[name], align, ...(width !== undefined && { width }) }
  })
  return { sheet, order, words, columns, places: placesOf(columns), names: shown.map(([name]) => name) }
}

function ticketGroup(table: Table, group: Group): void {
  const { sheet, words, columns, places } = table
  const first = group.lines[0]
  const rest = group.lines.length === 1 ? SUBTOTAL : 0
  // A heading is never alone at the foot of a page, nor with less than its first row.
  sheet.onNewPage = () => headerRow(sheet, columns, places)
  sheet.need(headingHeight(table, group) + (first ? wholeHeight(table, first) : 0) + rest)
  sheet.element('TR', () => {
    sheet.element('TH', () => heading(table, group, group.subject), {
      scope: 'Column',
      columns: columns.length,
    })
  })
  sheet.onNewPage = () => {
    headerRow(sheet, columns, places)
    heading(table, { ...group, requester: '' }, `${group.subject} (${words.carriedOn})`.trim())
  }
  for (const [at, line] of group.lines.entries()) {
    // The last line never leaves its subtotal to the next page.
    row(table, line, at === group.lines.length - 1 ? SUBTOTAL : 0)
  }
  subtotal(table, group)
}

function headingParts({ sheet, words }: Table, { ticket, requester }: Group) {
  const name = ticket === null ? words.other : `${words.ticket} ${ticket}`
  const nameWidth = sheet.widthOf(name, { bold: true, size: 10 })
  const by = requester === '' ? '' : `${words.requester} ${requester}`
  const byWidth = Math.min(by === '' ? 0 : sheet.widthOf(by, DETAIL), WIDTH / 3)
  const x = LEFT + INSET + nameWidth + 10
  return { name, nameWidth, by, byWidth, x, width: RIGHT - INSET - x - (byWidth === 0 ? 0 : byWidth + 12) }
}

function headingHeight(table: Table, group: Group): number {
  const { width } = headingParts(table, group)
  return Math.max(table.sheet.measure(group.subject, width, { bold: true, size: 10 }), 13) + 6
}

function heading(table: Table, group: Group, subject: string): void {
  const { sheet, order } = table
  const { name, nameWidth, by, byWidth, x, width } = headingParts(table, group)
  const style = { bold: true, size: 10, color: INK.accent }
  const { y } = sheet
  const url = group.ticket !== null && order.ticketsAt ? `${order.ticketsAt}${group.ticket}` : undefined
  if (url) sheet.link(name, url, LEFT + INSET, y, nameWidth + 1, style)
  else sheet.write(name, LEFT + INSET, y, nameWidth + 1, style)
  const height = sheet.write(subject, x, y, width, { bold: true, size: 10 })
  sheet.write(by, RIGHT - INSET - byWidth, y + 2, byWidth + 1, { ...DETAIL, align: 'right' })
  sheet.y = y + Math.max(height, 13) + 6
}

interface Row {
  description: Line[]
  detail: Line[]
  height: number
}

function rowOf({ sheet, order, words, places, names }: Table, line: StoredLine): Row {
  const width = places[names.indexOf('description')]?.width ?? WIDTH
  const description = sheet.lines(line.description, width)
  const detail = sheet.lines(detailOf(line, order, words), width, DETAIL)
  const height = description.length * sheet.lineHeight() + detail.length * sheet.lineHeight(DETAIL) + ROW_GAP
  return { description, detail, height }
}

/** What has to stand on one page of it. */
function wholeHeight(table: Table, line: StoredLine): number {
  const { height } = rowOf(table, line)
  return height <= LONGEST_WHOLE_ROW ? height : FEWEST_LINES * table.sheet.lineHeight() + ROW_GAP
}

function row(table: Table, line: StoredLine, after: number): void {
  const { sheet, names, places } = table
  const content = rowOf(table, line)
  const isLong = content.height > LONGEST_WHOLE_ROW
  sheet.need(isLong ? FEWEST_LINES * sheet.lineHeight() : content.height + after)
  const start = { page: sheet.page, y: sheet.y }
  sheet.element('TR', () => {
    let end = { page: start.page, y: start.y + content.height }
    for (const [at, name] of names.entries()) {
      const place = places[at]
      if (!place) continue
      if (name === 'description') {
        sheet.y = start.y
        sheet.element('TD', () => words(sheet, content, place))
        end = { page: sheet.page, y: sheet.y }
        // Figures stand beside the first line, also where the words went on overleaf.
        sheet.turnTo(start.page)
      } else {
        const color = name === 'worked' || name === 'date' ? INK.quiet : INK.text
        cell(sheet, 'TD', figureOf(table, line, name), place, start.y, { color })
      }
    }
    sheet.turnTo(end.page)
    sheet.y = end.y
  })
}

/** What was done, then who did it: over as many pages as it takes. */
function words(sheet: Sheet, { description, detail }: Row, { x, width }: Place): void {
  for (const [lines, style] of [
    [description, {}],
    [detail, DETAIL],
  ] as const) {
    const step = sheet.lineHeight(style)
    let rest = lines
    while (rest.length > 0) {
      const room = Math.floor((BOTTOM - sheet.y) / step)
      const fitting = roomFor(rest.length, room)
      sheet.y += sheet.writeLines(rest.slice(0, fitting), x, sheet.y, width, style)
      rest = rest.slice(fitting)
      if (rest.length > 0) sheet.newPage()
    }
  }
  sheet.y += ROW_GAP
}

/** As many as fit, but so that no page begins with fewer than `FEWEST_LINES` of what went on. */
function roomFor(lines: number, room: number): number {
  if (lines <= room) return lines
  return Math.max(Math.min(room, lines - FEWEST_LINES), 0)
}

function figureOf({ order, words }: Table, line: StoredLine, name: Exclude<Name, 'description'>): string {
  const { language } = order.issued
  switch (name) {
    case 'date':
      return line.workedOn === null ? '' : day(line.workedOn, language)
    case 'worked':
      return line.minutesWorked === null ? '' : duration(line.minutesWorked)
    case 'billed':
      return billed(line, language, words)
    case 'price':
      return price(line, language, words)
    case 'vat':
      return `${figure(line.vatRate, language)} %`
    case 'amount':
      return amount(line.net, language)
  }
}

/** Who did what kind of work, under what conditions. */
function detailOf(line: StoredLine, { issued }: PrintOrder, words: Wording): string {
  const kind = line.kind !== null && line.kind !== line.description ? line.kind : null
  const discount = line.discountPercent && words.discount(figure(line.discountPercent, issued.language))
  const covered = line.packId === null ? null : words.covered
  const within = line.withinDay ? words.withinDay : null
  return [line.agent, kind, surchargeOf(line, issued.language, words), discount, covered, within, line.note]
    .filter((part) => part !== null && part !== '')
    .join('  ·  ')
}

function surchargeOf(
  { surcharge }: StoredLine,
  language: PrintOrder['issued']['language'],
  words: Wording,
): string | null {
  if (!surcharge || surcharge.timeClass === 'office') return null
  return words.surcharge(surcharge.timeClass, figure(surcharge.percent, language))
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

function subtotal({ sheet, order, words, columns, places }: Table, { net }: Group): void {
  const last = places.at(-1)
  if (!last) return
  const label = { x: LEFT + INSET, width: last.x - LEFT - INSET - 12 }
  sheet.need(SUBTOTAL)
  sheet.rule(sheet.y, last.x - 70, RIGHT)
  const y = sheet.y + 4
  sheet.element('TR', () => {
    sheet.element(
      'TH',
      () => sheet.write(words.subtotal, label.x, y + 1.8, label.width, { ...DETAIL, align: 'right' }),
      { scope: 'Row', columns: columns.length - 1 },
    )
    cell(sheet, 'TD', amount(net, order.issued.language), last, y, { bold: true })
  })
  sheet.y += SUBTOTAL
}
