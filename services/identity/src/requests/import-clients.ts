/** Clients and their people from a table: looked over first, then made, each line by itself. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { importClients, type ImportedLine } from '@guichet/contracts/client-import'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import { BlobMissing } from '@guichet/store'
import { answerFindSender } from '../addresses.ts'
import type { Context } from '../context.ts'
import {
  columnsOf,
  companyKey,
  readLine,
  REQUIRED,
  type ClientLine,
  type Column,
} from '../domain/client-table.ts'
import { errors } from '../errors.ts'
import { answerInviteAccount } from './accounts.ts'
import { answerRegisterCompany } from './companies.ts'

const MOST_BYTES = 1024 * 1024
const MOST_LINES = 5000

type Report = OutputOf<typeof importClients>

export async function answerImportClients(
  context: Context,
  { blobId, commit, language = 'fr' }: InputOf<typeof importClients>,
  actor: Actor,
): Promise<Report> {
  const rows = await tableOf(await bytesOf(context, blobId))
  const [header, ...body] = rows
  const columns = columnsOf(header?.cells ?? [])
  const missing = REQUIRED.find((column) => !columns.has(column))
  if (!header || missing)
    throw new Failure('table-column-missing', { params: { column: missing ?? 'company' } })
  const called = (column: Column): string => header.cells[columns.get(column) ?? -1] ?? column
  const companies = await knownCompanies(context)
  const report: Report = { lines: [], newCompanies: 0, newPeople: 0, known: 0, faulty: 0 }
  for (const { cells, line } of body) {
    const read = readLine(cells, columns, line)
    const outcome = await settle(context, read, companies, { commit, actor, report })
    report.lines.push({
      line,
      company: read.company.name,
      email: read.person.email,
      outcome,
      faults: read.faults.map(({ column, code }) => ({
        column: called(column),
        code,
        detail: worded(code, language),
      })),
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

async function bytesOf({ parts }: Context, blobId: string): Promise<Uint8Array> {
  const { blobs } = parts.store
  const info = await blobs.info(blobId)
  if (!info) throw new Failure('table-missing')
  if (info.size > MOST_BYTES) throw new Failure('table-too-large')
  try {
    return await blobs.read(blobId)
  } catch (error) {
    throw error instanceof BlobMissing ? new Failure('table-missing') : error
  }
}

/** As Excel saves it in our countries: semicolons, a BOM or none, UTF-8 or Windows-1252. @throws Failure table-unreadable, table-too-large */
async function tableOf(bytes: Uint8Array): Promise<{ cells: string[]; line: number }[]> {
  const { parse } = await import('csv-parse/sync')
  const text = decoded(bytes)
  const first = text.slice(0, text.indexOf('\n') === -1 ? undefined : text.indexOf('\n'))
  const delimiter = [';', '\t', ','].find((each) => first.includes(each)) ?? ';'
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
  if (rows.length > MOST_LINES + 1) throw new Failure('table-too-large')
  return rows.map(({ record, info }) => ({ cells: record, line: info.lines }))
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function worded(code: string, language: Language): string {
  return errors[code]?.text[language] ?? code
}
