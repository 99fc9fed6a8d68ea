/** Tables that people bring along: what their columns may be called, what is said of their lines. Pure. */
import { Type, type Static } from 'typebox'
import { Language } from './language.ts'
import { Id } from './scalars.ts'

/** A table to look over, and to take where `commit` is said. */
export const GivenTable = Type.Object({
  /** A CSV: `;`, `,` or tabs between cells; UTF-8, UTF-16 or Windows-1252. The first line names the columns. */
  blobId: Id,
  /** False: nothing is written. */
  commit: Type.Boolean(),
  /** Of the words about faults. */
  language: Type.Optional(Language),
})

export const LineFault = Type.Object({
  /** The column as the file calls it. */
  column: Type.String(),
  code: Type.String(),
  /** In words, in the reader's language: what is wrong and what would be right. */
  detail: Type.String(),
})
export type LineFault = Static<typeof LineFault>

/** What became of a line, or would: nothing is done to a line with faults. */
export const LineOutcome = Type.Union([Type.Literal('new'), Type.Literal('known'), Type.Literal('faulty')])
export type LineOutcome = Static<typeof LineOutcome>

/** As a table program counts them: the header is line 1. */
export const LineNumber = Type.Integer({ minimum: 1 })

/** What a column is called to its reader, and what else it may be called; case, accents, spaces and signs aside. */
export type ColumnNames = Readonly<Record<Language, string>> & { also?: readonly string[] }
export type ColumnsOf<C extends string> = Readonly<Record<C, ColumnNames>>

/** How a client is named by number, in any table. */
export const VAT_NUMBER: ColumnNames = {
  fr: 'TVA',
  nl: 'Btw',
  en: 'VAT',
  also: ['vatnumber', 'numerodetva', 'numerotva', 'ntva', 'btwnummer', 'btwnr'],
}
export const ENTERPRISE_NUMBER: ColumnNames = {
  fr: 'Numéro d’entreprise',
  nl: 'Ondernemingsnummer',
  en: 'Enterprise number',
  also: ['bce', 'kbo', 'cbe', 'ndentreprise'],
}

/** `Société (TVAC)` → `societetvac`. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
}

/** Which column of the file is which of ours, the first of two alike; what nobody knows is left out. */
export function columnsOf<C extends string>(
  header: readonly string[],
  columns: ColumnsOf<C>,
): Map<C, number> {
  const found = new Map<C, number>()
  const names = (Object.entries(columns) as [C, ColumnNames][]).map(
    ([column, { also = [], ...own }]) => [column, [...Object.values(own), ...also].map(folded)] as const,
  )
  header.forEach((given, index) => {
    const name = folded(given)
    const column = names.find(([, all]) => all.includes(name))?.[0]
    if (column && !found.has(column)) found.set(column, index)
  })
  return found
}
