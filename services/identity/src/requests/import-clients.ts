/** Clients and their people from a table: looked over first, then made, each line by itself. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { importClients, type ImportedLine } from '@guichet/contracts/client-import'
import type { Actor } from '@guichet/contracts/values/actor'
import { lineFault, readGivenTable } from '@guichet/service/given-table'
import { answerFindSender } from '../addresses.ts'
import type { Context } from '../context.ts'
import { COLUMNS, companyKey, readLine, REQUIRED, type ClientLine } from '../domain/client-table.ts'
import { errors } from '../errors.ts'
import { answerInviteAccount } from './accounts.ts'
import { answerRegisterCompany } from './companies.ts'

const MOST_LINES = 5000

type Report = OutputOf<typeof importClients>

export async function answerImportClients(
  context: Context,
  { blobId, commit, language = 'fr' }: InputOf<typeof importClients>,
  actor: Actor,
): Promise<Report> {
  const { rows, called } = await readGivenTable(context.parts.store.blobs, blobId, {
    columns: COLUMNS,
    required: REQUIRED,
    mostLines: MOST_LINES,
    language,
  })
  const companies = await knownCompanies(context)
  const report: Report = { lines: [], newCompanies: 0, newPeople: 0, known: 0, faulty: 0 }
  for (const row of rows) {
    const read = readLine(row)
    const outcome = await settle(context, read, companies, { commit, actor, report })
    report.lines.push({
      line: row.line,
      company: read.company.name,
      email: read.person.email,
      outcome,
      faults: read.faults.map(({ column, code }) =>
        lineFault(errors, { column: called(column), code }, language),
      ),
    })
  }
  return report
}

/** Company first: cut off in between, the next import finds it and goes on with its people. */
async function settle(
  context: Context,
  { company, person, faults }: ClientLine,
  companies: Map<string, string>,
  { commit, actor, report }: { commit: boolean; actor: Actor; report: Report },
): Promise<ImportedLine['outcome']> {
  const known =
    faults.length === 0 ? (await answerFindSender(context, { address: person.email })).account : null
  const key = companyKey(company)
  // Somebody else's person does not move house by a table.
  if (known && known.companyId !== companies.get(key)) faults.push({ column: 'email', code: 'address-taken' })
  if (faults.length > 0) {
    report.faulty += 1
    return 'faulty'
  }
  if (known) {
    report.known += 1
    return 'known'
  }
  let companyId = companies.get(key)
  if (companyId === undefined) {
    companyId = commit ? (await answerRegisterCompany(context, { company }, actor)).id : `new ${key}`
    companies.set(key, companyId)
    report.newCompanies += 1
  }
  if (commit) await answerInviteAccount(context, { ...person, companyId }, actor)
  report.newPeople += 1
  return 'new'
}

async function knownCompanies({ collections }: Context): Promise<Map<string, string>> {
  const known = new Map<string, string>()
  let cursor: string | undefined
  do {
    const page = await collections.companies.find({ index: 'all', key: ['all'], limit: 100, cursor })
    for (const { id, value } of page.items) {
      known.set(companyKey(value), id)
      known.set(companyKey({ name: value.name }), id)
    }
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return known
}
