/** Owned by services/identity: clients and their people brought over from another system, as a table. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { GivenTable, LineFault, LineNumber, LineOutcome } from './values/table.ts'

export const ImportedLine = Type.Object({
  line: LineNumber,
  company: Type.String(),
  email: Type.String(),
  outcome: LineOutcome,
  faults: Type.Array(LineFault),
})
export type ImportedLine = Static<typeof ImportedLine>

/**
 * Admins. A CSV of at most 1 MiB and 5,000 lines, Without
 * `commit` nothing is written. A second import of the same file finds everybody known.
 */
export const importClients = request(
  'identity.import-clients',
  GivenTable,
  Type.Object({
    lines: Type.Array(ImportedLine),
    newCompanies: Type.Integer(),
    newPeople: Type.Integer(),
    known: Type.Integer(),
    faulty: Type.Integer(),
  }),
)
