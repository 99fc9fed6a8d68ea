/** Companies: registered and changed by admins, read by staff; a customer reads their own. */
import { randomUUID } from 'node:crypto'
import { isOfCompany, isService, isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  companyChanged,
  companyRegistered,
  type changeCompany,
  type Company,
  type CompanyInput,
  type listCompanies,
  type registerCompany,
} from '@guichet/contracts/identity'
import type { Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { changedFields, newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import { fits } from '@guichet/store/search'
import { wordsOfAccount, wordsOfCompany } from '../collections.ts'
import { now, type Context } from '../context.ts'
import { keepsTheRegister } from '../domain/access.ts'
import { checkCompany, type StoredCompany } from '../domain/company.ts'
import { actorKey } from './actor-key.ts'

function checked(input: Partial<CompanyInput>): Partial<CompanyInput> {
  const { input: right, faults } = checkCompany(input)
  if (faults.length > 0) throw new Failure('invalid-fields', { fields: faults })
  return right
}

export async function answerRegisterCompany(
  context: Context,
  { company: given, idempotencyKey }: InputOf<typeof registerCompany>,
  actor: Actor,
): Promise<Company> {
  if (!keepsTheRegister(actor)) throw new Failure('forbidden')
  const input = checked(given)
  const { companies } = context.collections
  const id = idempotencyKey ? idFromKey(actorKey(actor), `company:${idempotencyKey}`) : randomUUID()
  const known = await companies.get(id)
  if (known) return { id, ...known.value }
  const value: StoredCompany = {
    name: given.name,
    legalName: input.legalName ?? null,
    vatNumber: input.vatNumber ?? null,
    enterpriseNumber: input.enterpriseNumber ?? null,
    address: input.address ?? null,
    language: input.language ?? 'fr',
    priorityLocked: input.priorityLocked ?? false,
    managersSeeAll: input.managersSeeAll ?? false,
    createdAt: now(context),
  }
  const event = newEvent(
    companyRegistered,
    { companyId: id },
    { actor, audience: STAFF_ONLY, at: context.parts.clock.now() },
  )
  await companies.commit({ id, expectedVersion: 0, value, events: [event] })
  return { id, ...value }
}

export async function answerListCompanies(
  context: Context,
  { limit, cursor, q }: InputOf<typeof listCompanies>,
  actor: Actor,
): Promise<OutputOf<typeof listCompanies>> {
  if (isStaff(actor) || isService(actor)) {
    if (q?.trim()) return await foundCompanies(context, q, { limit, cursor })
    const page = await context.collections.companies.find({ index: 'all', key: ['all'], limit, cursor })
    return { items: page.items.map(({ id, value }) => ({ id, ...value })), next: page.next }
  }
  const own = actor.kind === 'account' && actor.companyId !== null ? actor.companyId : undefined
  return { items: own ? [await answerGetCompany(context, own, actor)] : [], next: null }
}

type Paging = Pick<InputOf<typeof listCompanies>, 'limit' | 'cursor'>
const PEOPLE = 'people '

/** Clients that the words fit, then those of whom only a person does. Each once, however many pages there are. */
async function foundCompanies(
  context: Context,
  text: string,
  { limit, cursor }: Paging,
): Promise<OutputOf<typeof listCompanies>> {
  if (cursor?.startsWith(PEOPLE))
    return await foundByPeople(context, text, { limit, cursor: cursor.slice(PEOPLE.length) })
  const page = await context.collections.companies.search({ text, tags: ['all'], limit, cursor })
  const items = page.items.map(({ id, value }) => ({ id, ...value }))
  if (page.next !== null) return { items, next: page.next }
  const others = await foundByPeople(context, text, { limit })
  return { items: [...items, ...others.items], next: others.next }
}

async function foundByPeople(
  { collections: { companies, accounts } }: Context,
  text: string,
  { limit, cursor }: Paging,
): Promise<OutputOf<typeof listCompanies>> {
  const page = await accounts.search({ text, tags: ['client'], limit, cursor: cursor || undefined })
  const found: Company[] = []
  for (const person of page.items) {
    const { companyId } = person.value
    const company = companyId === null ? undefined : await companies.get(companyId)
    // One that its own words find was there before.
    if (!company || fits(wordsOfCompany(company.value), text)) continue
    if (await isFirstToFit(accounts, company.id, person.id, text))
      found.push({ id: company.id, ...company.value })
  }
  return { items: found, next: page.next === null ? null : `${PEOPLE}${page.next}` }
}

/** Of several people of a client whom the words fit, one brings it into the list, on whichever page they are. */
async function isFirstToFit(
  accounts: Context['collections']['accounts'],
  companyId: string,
  personId: string,
  text: string,
): Promise<boolean> {
  let cursor: string | undefined
  do {
    const page = await accounts.find({ index: 'ofCompany', key: [companyId], limit: 100, cursor })
    if (page.items.some(({ id, value }) => id < personId && fits(wordsOfAccount(value), text))) return false
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return true
}

/** @throws Failure not-found for another company, as for none. */
export async function answerGetCompany(context: Context, id: string, actor: Actor): Promise<Company> {
  if (!isStaff(actor) && !isService(actor) && !isOfCompany(actor, id)) throw new Failure('not-found')
  const stored = await context.collections.companies.get(id)
  if (!stored) throw new Failure('not-found')
  return { id, ...stored.value }
}

/** @throws Failure not-found, forbidden, invalid-fields */
export async function answerChangeCompany(
  context: Context,
  { id, changes }: InputOf<typeof changeCompany>,
  actor: Actor,
): Promise<Company> {
  await answerGetCompany(context, id, actor)
  if (!keepsTheRegister(actor)) throw new Failure('forbidden')
  const input = checked(changes)
  const { companies } = context.collections
  return await retryOnConflict(async () => {
    const stored = await companies.get(id)
    if (!stored) throw new Failure('not-found')
    const value = { ...stored.value, ...input }
    const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
    const data = { companyId: id, fields: Object.keys(input), changes: changedFields(stored.value, value) }
    const event = newEvent(companyChanged, data, facts)
    await companies.commit({ id, expectedVersion: stored.version, value, events: [event] })
    return { id, ...value }
  })
}
