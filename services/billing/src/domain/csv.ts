/** Tables for a spreadsheet. Pure. */

/** Whatever a spreadsheet would take for a formula: it is text, and is shown as text. */
const FORMULA = /^[=+\-@\t\r\n|%]/

export type Cell = { text: string } | { figure: string }

/**
 * Semicolons and decimal commas, as Belgian spreadsheets read them; UTF-8 with its mark; lines end in CRLF (RFC 4180).
 * Texts are quoted, and one that begins like a formula begins with an apostrophe (spec/security.md line 15).
 */
export function csvOf(columns: readonly string[], rows: readonly Cell[][]): string {
  const header = columns.map((text) => ({ text }))
  return `\ufeff${[header, ...rows].map((cells) => cells.map(written).join(';')).join('\r\n')}\r\n`
}

export const text = (value: string | null | undefined): Cell => ({ text: value ?? '' })
/** A decimal, with a point. */
export const figure = (value: string): Cell => ({ figure: value })

function written(cell: Cell): string {
  if ('figure' in cell) return cell.figure.replace('.', ',')
  const text = cell.text.replace(/(?![\t\n\r])\p{Cc}/gu, '')
  return `"${(FORMULA.test(text.trimStart()) || FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
