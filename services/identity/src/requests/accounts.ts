/** People: invited, read, changed. Their address is reserved first, the account made after, the mail asked for by its event. */
import { randomUUID } from 'node:crypto'
import { isManagerOf, isOfCompany, isSelf, isService, isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  accessChanged,
  accountChanged,
  accountInvited,
  type Account,
  type changeAccount,
  type getAccounts,
  type inviteAccount,
  type listAccounts,
  type listStaff,
} from '@guichet/contracts/identity'
import type { Actor, Role } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { changedFields, newEvent, NO_ONE, retryOnConflict } from '@guichet/service'
import type { Stored } from '@guichet/store'
import { reserveAddress } from '../addresses.ts'
import { now, type Context } from '../context.ts'
import { requireAbsence } from '../domain/absence.ts'
import { keepsTheRegister, mayInvite } from '../domain/access.ts'
import { publicAccount, rolesFit, type StoredAccount } from '../domain/account.ts'
import { createLink } from '../links.ts'
import { visibleAccount } from '../visible-account.ts'
import { actorKey } from './actor-key.ts'

export async function answerInviteAccount(
  context: Context,
  input: InputOf<typeof inviteAccount>,
  actor: Actor,
): Promise<Account> {
  const { companyId, name, roles, idempotencyKey } = input
  const company = companyId === null ? undefined : await context.collections.companies.get(companyId)
  const sees = isStaff(actor) || isService(actor) || isOfCompany(actor, companyId)
  if (companyId !== null && (!company || !sees)) throw new Failure('not-found')
  if (!mayInvite(actor, companyId)) throw new Failure('forbidden')
  if (!rolesFit(companyId, roles))
    throw new Failure('roles-not-allowed', { fields: [{ path: 'roles', code: 'roles-not-allowed' }] })
  const id = idempotencyKey ? idFromKey(actorKey(actor), `account:${idempotencyKey}`) : randomUUID()
  const known = await context.collections.accounts.get(id)
  if (known) return publicAccount(id, known.value)
  const email = await reserveAddress(context, input.email, id, 'email')
  const linkId = await createLink(context, id, 'activation', idFromKey(id, 'first-invitation'))
  const value: StoredAccount = {
    companyId,
    email,
    name: name.trim(),
    roles: [...new Set(roles)],
    language: input.language ?? company?.value.language ?? 'fr',
    status: 'invited',
    createdAt: now(context),
    passwordHash: null,
    sessionEpoch: 1,
  }
  const facts = { actor, audience: { accounts: [], staff: true }, at: context.parts.clock.now() }
  const event = newEvent(accountInvited, { accountId: id, companyId, linkId }, facts)
  await context.collections.accounts.commit({ id, expectedVersion: 0, value, events: [event] })
  return publicAccount(id, value)
}

export async function answerListAccounts(
  context: Context,
  { companyId, limit, cursor }: InputOf<typeof listAccounts>,
  actor: Actor,
): Promise<OutputOf<typeof listAccounts>> {
  if (!isStaff(actor) && !isService(actor)) {
    if (!isOfCompany(actor, companyId)) throw new Failure('not-found')
    if (!isManagerOf(actor, companyId)) throw new Failure('forbidden')
  }
  const page = await context.collections.accounts.find({
    index: 'ofCompany',
    key: [companyId ?? 'house'],
    limit,
    cursor,
  })
  return { items: page.items.map(({ id, value }) => publicAccount(id, value)), next: page.next }
}

export async function answerGetAccounts(
  context: Context,
  { ids }: InputOf<typeof getAccounts>,
): Promise<OutputOf<typeof getAccounts>> {
  const found = await context.collections.accounts.getMany(ids)
  return { items: found.map(({ id, value }) => publicAccount(id, value)) }
}

export async function answerListStaff(
  context: Context,
  { roles }: InputOf<typeof listStaff>,
): Promise<OutputOf<typeof listStaff>> {
  const found = new Map<string, Account>()
  for (const role of roles) {
    let cursor: string | undefined
    do {
      const page = await context.collections.accounts.find({
        index: 'staff',
        key: [role, 'active'],
        limit: 100,
        cursor,
      })
      for (const { id, value } of page.items) found.set(id, publicAccount(id, value))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
  return { items: [...found.values()] }
}

type Changes = InputOf<typeof changeAccount>['changes']

/** What a person changes of their own account. */
const OWN_FIELDS: readonly string[] = [
  'name',
  'language',
  'mutedMails',
  'absence',
] satisfies (keyof Changes)[]

/** A person changes their own name, language, mails and absence; an admin everything; a manager switches colleagues off and on. */
function mayChange(actor: Actor, account: Stored<StoredAccount>, changes: Changes): boolean {
  if (keepsTheRegister(actor)) return true
  const fields = Object.keys(changes)
  if (isSelf(actor, account.id)) return fields.every((field) => OWN_FIELDS.includes(field))
  return isManagerOf(actor, account.value.companyId) && fields.every((field) => field === 'status')
}

export async function answerChangeAccount(
  context: Context,
  { id, changes }: InputOf<typeof changeAccount>,
  actor: Actor,
): Promise<Account> {
  return await retryOnConflict(async () => {
    const stored = await visibleAccount(context, id, actor)
    if (!mayChange(actor, stored, changes)) throw new Failure('forbidden')
    if (changes.roles && !rolesFit(stored.value.companyId, changes.roles)) {
      throw new Failure('roles-not-allowed', { fields: [{ path: 'roles', code: 'roles-not-allowed' }] })
    }
    await requireAdminLeft(context, stored, changes)
    await requireStandIn(context, stored, changes.absence)
    const status = statusAfter(stored.value, changes.status)
    const ends = status === 'inactive' && stored.value.status !== 'inactive'
    const value: StoredAccount = {
      ...stored.value,
      ...changes,
      ...(changes.name === undefined ? {} : { name: nameFrom(changes.name) }),
      status,
      sessionEpoch: stored.value.sessionEpoch + (ends ? 1 : 0),
    }
    const facts = { actor, audience: { accounts: [id], staff: true }, at: context.parts.clock.now() }
    const shown = ({ name, roles, language, status: state, mutedMails, absence }: StoredAccount) => ({
      name,
      roles: roles.join(', '),
      language,
      status: state,
      mutedMails: mutedMails?.join(', '),
      absence: absence ? `${absence.from} – ${absence.until}` : undefined,
      deputyId: absence?.deputyId ?? undefined,
    })
    const data = {
      accountId: id,
      companyId: value.companyId,
      status,
      fields: Object.keys(changes),
      changes: changedFields(shown(stored.value), shown(value)),
    }
    await context.collections.accounts.commit({
      id,
      expectedVersion: stored.version,
      value,
      events: [newEvent(accountChanged, data, facts)],
    })
    if (changes.status !== undefined || changes.roles !== undefined) {
      context.parts.bus.live.announce(accessChanged, { accountId: id }, NO_ONE)
    }
    return publicAccount(id, value)
  })
}

/** @throws Failure invalid-fields for a name of blanks */
function nameFrom(given: string): string {
  const name = given.trim()
  if (name === '') throw new Failure('invalid-fields', { fields: [{ path: 'name', code: 'cell-missing' }] })
  return name
}

/** Who never chose a password is invited again, not active. */
function statusAfter(
  { status, passwordHash }: StoredAccount,
  wanted: 'active' | 'inactive' | undefined,
): Account['status'] {
  if (wanted === undefined) return status
  if (wanted === 'inactive') return 'inactive'
  return passwordHash === null ? 'invited' : 'active'
}

async function requireStandIn(
  { collections }: Context,
  away: Stored<StoredAccount>,
  absence: Changes['absence'],
): Promise<void> {
  if (!absence) return
  const deputy = absence.deputyId === null ? undefined : await collections.accounts.get(absence.deputyId)
  requireAbsence(absence, away.id, away.value, deputy?.value)
}

async function requireAdminLeft(
  context: Context,
  stored: Stored<StoredAccount>,
  changes: Changes,
): Promise<void> {
  const isAdmin = (roles: readonly Role[]) => stored.value.companyId === null && roles.includes('admin')
  const stays = changes.status !== 'inactive' && isAdmin(changes.roles ?? stored.value.roles)
  if (stored.value.status !== 'active' || !isAdmin(stored.value.roles) || stays) return
  const { items } = await answerListStaff(context, { roles: ['admin'] })
  if (items.every(({ id }) => id === stored.id)) throw new Failure('last-admin')
}

export async function answerResendInvitation(context: Context, id: string, actor: Actor): Promise<Account> {
  const visible = await visibleAccount(context, id, actor)
  if (!mayInvite(actor, visible.value.companyId)) throw new Failure('forbidden')
  if (visible.value.status !== 'invited') throw new Failure('not-invited')
  const linkId = await createLink(context, id, 'activation')
  return await retryOnConflict(async () => {
    const { value, version } = await visibleAccount(context, id, actor)
    const facts = { actor, audience: { accounts: [], staff: true }, at: context.parts.clock.now() }
    const event = newEvent(accountInvited, { accountId: id, companyId: value.companyId, linkId }, facts)
    await context.collections.accounts.commit({ id, expectedVersion: version, value, events: [event] })
    return publicAccount(id, value)
  })
}
