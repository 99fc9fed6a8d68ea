/** Owned by services/identity: clients and their people brought over from another system, as a table. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { Language } from './values/language.ts'
import { Id } from './values/scalars.ts'

/** What became of a line, or would: nothing is done to a line with faults. */
export const ImportedLine = Type.Object({
  /** As a table program counts them: the header is line 1. */
  line: Type.Integer({ minimum: 1 }),
  company: Type.String(),
  email: Type.String(),
  outcome: Type.Union([Type.Literal('new'), Type.Literal('known'), Type.Literal('faulty')]),
  faults: Type.Array(
    Type.Object({
      /** The column as the file calls it. */
      column: Type.String(),
      code: Type.String(),
      /** In words, in the reader's language: what is wrong and what would be right. */
      detail: Type.String(),
    }),
  ),
})
export type ImportedLine = Static<typeof ImportedLine>

/**
 * Admins. A CSV of at most 1 MiB and 5,000 lines, UTF-8 or Windows-1252, separated by `;`, `,` or tabs. Without
 * `commit` nothing is written. A second import of the same file finds everybody known.
 */
export const importClients = request(
  'identity.import-clients',
  Type.Object({
    blobId: Id,
    commit: Type.Boolean(),
    language: Type.Optional(Language),
  }),
  Type.Object({
    lines: Type.Array(ImportedLine),
    newCompanies: Type.Integer(),
    newPeople: Type.Integer(),
    known: Type.Integer(),
    faulty: Type.Integer(),
  }),
)
