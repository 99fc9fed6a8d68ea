/** Tables on paper: columns by width, cells whose figures stand under each other. */
import { INK, LEFT, SIZE, WIDTH, type Sheet, type Style } from './sheet.ts'

export interface Column {
  /** Its width; the one without takes what is left. */
  width?: number
  title: string
  align: 'left' | 'right'
}

export interface Place {
  x: number
  width: number
  align: 'left' | 'right'
}

/** Between the words of one column and those of the next. */
const GAP = 8
/** From a table's edge to its words. */
export const INSET = 6
const HEADER = 18

/** Where each column's words stand. */
export function placesOf(columns: readonly Column[], left = LEFT, width = WIDTH): Place[] {
  const fixed = columns.reduce((total, column) => total + (column.width ?? 0), 0)
  let x = left + INSET
  return columns.map((column, at) => {
    const own = column.width ?? width - 2 * INSET - fixed
    const place = { x, width: own - (at === columns.length - 1 ? 0 : GAP), align: column.align }
    x += own
    return place
  })
}

export function headerRow(
  sheet: Sheet,
  columns: readonly Column[],
  places: readonly Place[],
  left = LEFT,
  width = WIDTH,
): void {
  sheet.box(left, sheet.y, width, HEADER, INK.faint)
  sheet.element('TR', () => {
    for (const [at, { title }] of columns.entries()) {
      const place = places[at]
      if (place) cell(sheet, 'TH', title, place, sheet.y + 4, { size: SIZE.small, color: INK.quiet })
    }
  })
  sheet.y += HEADER + 5
}

/** Returns the height. A cell without words is still there: who hears the table counts cells. */
export function cell(
  sheet: Sheet,
  tag: 'TH' | 'TD',
  text: string,
  { x, width, align }: Place,
  y: number,
  style: Style = {},
): number {
  const attributes = tag === 'TH' ? { scope: 'Column' as const } : {}
  return sheet.element(tag, () => sheet.write(text, x, y, width, { align, ...style }), attributes)
}
