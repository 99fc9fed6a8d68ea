/** A table that somebody brought along as a file: read, its columns found, its faults put into words. */
import { Failure, filledIn, type ErrorRow, type ErrorTable } from '@guichet/contracts/failure'
import type { Language } from '@guichet/contracts/values/language'
import { columnsOf, type ColumnsOf, type LineFault } from '@guichet/contracts/values/table'
import { BlobMissing, type Blobs } from '@guichet/store'

const MOST_BYTES = 1024 * 1024
/** How a zip begins: what Excel saves when it is not asked for CSV. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const UTF_16 = [0xff, 0xfe]

const row = (status: number, fr: string, nl: string, en: string): ErrorRow => ({
  status,
  text: { fr, nl, en },
})

/** For the table of each service that reads tables. */
export const tableErrors = {
  'table-column-missing': row(
    422,
    'La première ligne doit nommer les colonnes ; il y manque « {column} ».',
    'De eerste regel moet de kolommen noemen; “{column}” ontbreekt.',
    'The first line must name the columns; “{column}” is missing.',
  ),
  'table-missing': row(422, 'Choisissez un fichier CSV.', 'Kies een CSV-bestand.', 'Choose a CSV file.'),
  'table-too-large': row(
    413,
    'Le fichier dépasse 1 Mo ou {lines} lignes : coupez-le en deux.',
    'Het bestand is groter dan 1 MB of {lines} regels: splits het.',
    'The file is over 1 MB or {lines} lines: split it.',
  ),
  'table-unreadable': row(
    422,
    'Ce fichier n’est pas un tableau CSV lisible : un guillemet n’est pas refermé, ou c’est un autre format. Dans Excel, enregistrez-le comme CSV.',
    'Dit bestand is geen leesbare CSV-tabel: een aanhalingsteken is niet gesloten, of het is een ander formaat. Bewaar het in Excel als CSV.',
    'This file is no readable CSV table: a quote is not closed, or it is another format. In Excel, save it as CSV.',
  ),
  'cell-missing': row(
    422,
    'Cette case doit être remplie.',
    'Dit vak moet ingevuld zijn.',
    'This cell must be filled in.',
  ),
} satisfies ErrorTable

export interface TableRow<C extends string> {
  /** As a table program counts them: the header is line 1. */
  line: number
  /** Trimmed; empty where the file has no such column. */
  cell: (column: C) => string
}

export interface GivenRows<C extends string> {
  rows: TableRow<C>[]
  has: (column: C) => boolean
  /** As the file calls it, else as its reader would. */
  called: (column: C) => string
}

export interface TableShape<C extends string> {
  columns: ColumnsOf<C>
  required: readonly NoInfer<C>[]
  mostLines: number
  language: Language
}

/** @throws Failure table-missing, table-too-large, table-unreadable, table-column-missing */
export async function readGivenTable<C extends string>(
  blobs: Blobs,
  blobId: string,
  { columns, required, mostLines, language }: TableShape<C>,
): Promise<GivenRows<C>> {
  const [header, ...body] = await rowsOf(await bytesOf(blobs, blobId, mostLines), mostLines)
  const found = columnsOf(header?.cells ?? [], columns)
  const missing = required.find((column) => !found.has(column))
  if (missing) throw new Failure('table-column-missing', { params: { column: columns[missing][language] } })
  return {
    rows: body.map(({ cells, line }) => ({
      line,
      cell: (column) => cells[found.get(column) ?? -1]?.trim() ?? '',
    })),
    has: (column) => found.has(column),
    called: (column) => header?.cells[found.get(column) ?? -1]?.trim() ?? columns[column][language],
  }
}

/** For the reader of the report. */
export function lineFault(
  errors: ErrorTable,
  { column, code, params = {} }: { column: string; code: string; params?: Record<string, string | number> },
  language: Language,
): LineFault {
  const text = errors[code]?.text[language]
  return { column, code, detail: text === undefined ? code : filledIn(text, params) }
}

async function bytesOf(blobs: Blobs, blobId: string, lines: number): Promise<Uint8Array> {
  const info = await blobs.info(blobId)
  if (!info) throw new Failure('table-missing')
  if (info.size > MOST_BYTES) throw new Failure('table-too-large', { params: { lines } })
  try {
    return await blobs.read(blobId)
  } catch (error) {
    throw error instanceof BlobMissing ? new Failure('table-missing') : error
  }
}

/** As table programs save it in our countries: a BOM or none, perhaps a first line that says the separator. */
async function rowsOf(bytes: Uint8Array, mostLines: number): Promise<{ cells: string[]; line: number }[]> {
  if (beginsWith(bytes, ZIP)) throw new Failure('table-unreadable')
  const { parse } = await import('csv-parse/sync')
  // Excel reads `sep=;`, and does not count it as a line.
  const [said, separator] = /^\uFEFF?sep=(.)\r?\n/i.exec(decoded(bytes)) ?? []
  const text = decoded(bytes).slice(said?.length ?? 0)
  const end = text.indexOf('\n')
  const first = text.slice(0, end === -1 ? undefined : end)
  const delimiter = separator ?? [';', '\t', ','].find((each) => first.includes(each)) ?? ';'
  let rows: { record: string[]; info: { lines: number } }[]
  try {
    rows = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof rows
  } catch (error) {
    throw new Failure('table-unreadable', { cause: error })
  }
  const written = rows.filter(({ record }) => record.some((cell) => cell.trim() !== ''))
  if (written.length > mostLines + 1) throw new Failure('table-too-large', { params: { lines: mostLines } })
  return written.map(({ record, info }) => ({ cells: record, line: info.lines }))
}

const beginsWith = (bytes: Uint8Array, head: readonly number[]) =>
  head.every((byte, at) => bytes[at] === byte)

function decoded(bytes: Uint8Array): string {
  if (beginsWith(bytes, UTF_16)) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
