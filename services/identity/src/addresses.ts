/** Registered sender addresses: reserved first, referred to after, swept when nobody refers to them. */
import { isManagerOf, isSelf, isService, isStaffWith } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  addressRegistered,
  addressRemoved,
  type addAddress,
  type findSender,
  type listAddresses,
} from '@guichet/contracts/identity'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, STAFF_ONLY } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import { now, type Context } from './context.ts'
import { publicAccount } from './domain/account.ts'
import { normalizeAddress } from './domain/address.ts'
import { visibleAccount } from './visible-account.ts'

/** A reservation that led to no account within this time is somebody's interrupted registration. */
const ORPHAN_HOURS = 1

/** Idempotent for the same account. @throws Failure address-invalid, address-taken (without saying whose) */
export async function reserveAddress(
  context: Context,
  given: string,
  accountId: string,
  path: string,
): Promise<string> {
  const address = normalizeAddress(given)
  if (address === undefined)
    throw new Failure('address-invalid', { fields: [{ path, code: 'address-invalid' }] })
  const { addresses } = context.collections
  const known = await addresses.get(address)
  if (known?.value.accountId === accountId) return address
  const taken = new Failure('address-taken', { fields: [{ path, code: 'address-taken' }] })
  if (known) throw taken
  try {
    await addresses.commit({ id: address, expectedVersion: 0, value: { accountId, createdAt: now(context) } })
    return address
  } catch (error) {
    if (error instanceof VersionConflict) throw taken
    throw error
  }
}

function mayRegister(actor: Actor, companyId: string | null): boolean {
  return (
    isStaffWith(actor, 'agent', 'admin') || isService(actor, 'standalone') || isManagerOf(actor, companyId)
  )
}

export async function answerListAddresses(
  context: Context,
  { accountId }: InputOf<typeof listAddresses>,
  actor: Actor,
): Promise<OutputOf<typeof listAddresses>> {
  await visibleAccount(context, accountId, actor)
  const { items } = await context.collections.addresses.find({
    index: 'ofAccount',
    key: [accountId],
    limit: 100,
  })
  return { items: items.map(({ id, value }) => ({ address: id, ...value })) }
}

export async function answerAddAddress(
  context: Context,
  { accountId, address: given }: InputOf<typeof addAddress>,
  actor: Actor,
): Promise<OutputOf<typeof addAddress>> {
  const account = await visibleAccount(context, accountId, actor)
  if (!mayRegister(actor, account.value.companyId)) throw new Failure('forbidden')
  return await registerAddress(context, { accountId, address: given }, actor)
}

/** @throws Failure address-invalid, address-taken */
export async function registerAddress(
  context: Context,
  { accountId, address: given }: InputOf<typeof addAddress>,
  actor: Actor,
): Promise<OutputOf<typeof addAddress>> {
  const address = await reserveAddress(context, given, accountId, 'address')
  const stored = await context.collections.addresses.get(address)
  if (!stored) throw new Failure('busy', { retryable: true })
  const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
  const events = [newEvent(addressRegistered, { accountId, address }, facts)]
  await context.collections.addresses.commit({
    id: address,
    expectedVersion: stored.version,
    value: stored.value,
    events,
  })
  return { address, accountId, createdAt: stored.value.createdAt }
}

export async function answerRemoveAddress(
  context: Context,
  { accountId, address: given }: InputOf<typeof addAddress>,
  actor: Actor,
): Promise<void> {
  const account = await visibleAccount(context, accountId, actor)
  if (!mayRegister(actor, account.value.companyId) && !isSelf(actor, accountId))
    throw new Failure('forbidden')
  const address = normalizeAddress(given) ?? ''
  const stored = await context.collections.addresses.get(address)
  if (stored?.value.accountId !== accountId) throw new Failure('not-found')
  if (address === account.value.email) throw new Failure('address-is-account')
  const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
  const events = [newEvent(addressRemoved, { accountId, address }, facts)]
  await context.collections.addresses.commit({
    id: address,
    expectedVersion: stored.version,
    value: null,
    events,
  })
}

/** Services only. An address of an account that was switched off is told with it: the asker decides. */
export async function answerFindSender(
  context: Context,
  { address: given }: InputOf<typeof findSender>,
): Promise<OutputOf<typeof findSender>> {
  const address = normalizeAddress(given)
  const owner = address === undefined ? undefined : await context.collections.addresses.get(address)
  const account = owner && (await context.collections.accounts.get(owner.value.accountId))
  return { account: account ? publicAccount(account.id, account.value) : null }
}

/** Timer: reservations whose registration never went on. */
export async function sweepAddresses(context: Context): Promise<void> {
  const before = context.parts.clock
    .now()
    .subtract({ hours: ORPHAN_HOURS })
    .toString({ smallestUnit: 'millisecond' })
  const recent = context.parts.clock
    .now()
    .subtract({ hours: 3 * ORPHAN_HOURS })
    .toString({ smallestUnit: 'millisecond' })
  let cursor: string | undefined
  do {
    const page = await context.collections.addresses.find({ index: 'all', key: ['all'], limit: 100, cursor })
    for (const { id, version, value } of page.items) {
      const orphan = value.createdAt < before && !(await context.collections.accounts.get(value.accountId))
      if (orphan) await context.collections.addresses.commit({ id, expectedVersion: version, value: null })
    }
    // Newest first: what is older than the last runs was looked at by them.
    cursor = (page.items.at(-1)?.value.createdAt ?? '') > recent ? (page.next ?? undefined) : undefined
  } while (cursor !== undefined)
}
