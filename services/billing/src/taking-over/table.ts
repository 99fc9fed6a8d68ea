/** What the tables of invoices and of packs have in common: whose a line is, what became of it, how many there are. */
import { MOST_TAKEN_OVER } from '@guichet/contracts/take-over'
import type { Language } from '@guichet/contracts/values/language'
import type { ColumnsOf, LineFault, LineOutcome } from '@guichet/contracts/values/table'
import { Failure } from '@guichet/contracts/failure'
import { lineFault, readGivenTable, type GivenRows } from '@guichet/service/given-table'
import type { Context } from '../context.ts'
import type { CompanyFacts } from '../facts.ts'
import { clientRegister, type ClientColumn, type ClientRegister } from '../domain/client-register.ts'
import type { ColumnFault } from '../domain/opening-table.ts'
import { errors } from '../errors.ts'

export interface OpenTable<C extends string> extends GivenRows<C> {
  whose: ClientRegister<CompanyFacts>
  faultsOf: (faults: readonly ColumnFault<C>[]) => LineFault[]
}

/** Its client is named by a name or by a number: one such column is enough. */
export async function openTable<C extends string>(
  context: Context,
  blobId: string,
  {
    columns,
    required,
    language,
  }: { columns: ColumnsOf<C | ClientColumn>; required: readonly C[]; language: Language },
): Promise<OpenTable<C | ClientColumn>> {
  const table = await readGivenTable<C | ClientColumn>(context.parts.store.blobs, blobId, {
    columns,
    required,
    mostLines: MOST_TAKEN_OVER,
    language,
  })
  if (!(['client', 'vatNumber', 'enterpriseNumber'] as const).some((column) => table.has(column)))
    throw new Failure('table-column-missing', { params: { column: columns.client[language] } })
  return {
    ...table,
    whose: clientRegister(await context.facts.companies()),
    faultsOf: (faults) =>
      faults.map(({ column, code, params }) =>
        lineFault(errors, { column: table.called(column), code, params }, language),
      ),
  }
}

export const clientOf = (cell: (column: ClientColumn) => string) => ({
  client: cell('client'),
  vatNumber: cell('vatNumber'),
  enterpriseNumber: cell('enterpriseNumber'),
})

export function countsOf(lines: readonly { outcome: LineOutcome }[]): Record<LineOutcome, number> {
  const counts = { new: 0, known: 0, faulty: 0 }
  for (const { outcome } of lines) counts[outcome] += 1
  return counts
}
