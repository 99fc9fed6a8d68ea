/**
 * Another address to write from, by the person themselves: mail from it opens tickets in their name, so it counts only
 * once whoever reads it has opened the link that was mailed there.
 */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  addressClaimed,
  type claimAddress,
  type confirmAddress,
  type getAddressClaim,
} from '@guichet/contracts/own-account'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { newEvent, NO_ONE, retryOnConflict } from '@guichet/service'
import { registerAddress } from './addresses.ts'
import { hashOf, later, linkToken, now, type Context } from './context.ts'
import { actorOf } from './domain/account.ts'
import { normalizeAddress } from './domain/address.ts'
import { MAILBOX, PLACE } from './domain/throttle.ts'
import { randomUUID } from 'node:crypto'

const VALID_HOURS = 48

/**
 * @throws Failure address-invalid, too-many-attempts: by the account and by the mailbox, which is a stranger's as long
 * as nobody has opened the link
 */
export async function answerClaimAddress(
  context: Context,
  { address: given }: InputOf<typeof claimAddress>,
  actor: AccountActor,
): Promise<void> {
  const { links, accounts } = context.collections
  const address = normalizeAddress(given)
  if (address === undefined)
    throw new Failure('address-invalid', { fields: [{ path: 'address', code: 'address-invalid' }] })
  context.throttle.spend({ key: `claim:${actor.accountId}`, patience: MAILBOX })
  context.throttle.spend({ key: `claim:${address}`, patience: MAILBOX })
  const id = randomUUID()
  const value = {
    accountId: actor.accountId,
    purpose: 'address' as const,
    address,
    tokenHash: hashOf(linkToken(context, id)),
    expiresAt: later(context, VALID_HOURS),
    used: false,
  }
  await links.commit({ id, expectedVersion: 0, value })
  await retryOnConflict(async () => {
    const account = await accounts.get(actor.accountId)
    if (!account) throw new Failure('unauthenticated')
    const facts = { actor, audience: NO_ONE, at: context.parts.clock.now() }
    const events = [newEvent(addressClaimed, { accountId: account.id, linkId: id, address }, facts)]
    await accounts.commit({ id: account.id, expectedVersion: account.version, value: account.value, events })
  })
}

export async function answerGetAddressClaim(
  context: Context,
  { token, clientAddress }: InputOf<typeof getAddressClaim>,
): Promise<OutputOf<typeof getAddressClaim>> {
  const { link, account } = await opened(context, token, clientAddress)
  return { address: link.value.address ?? '', name: account.value.name, language: account.value.language }
}

/** Opened twice is confirmed once: the second finds it registered to the same person. */
export async function answerConfirmAddress(
  context: Context,
  { token, clientAddress }: InputOf<typeof confirmAddress>,
): Promise<OutputOf<typeof confirmAddress>> {
  const { link, account } = await opened(context, token, clientAddress)
  const { address } = await registerAddress(
    context,
    { accountId: account.id, address: link.value.address ?? '' },
    actorOf(account.id, account.value),
  )
  await retryOnConflict(async () => {
    const stored = await context.collections.links.get(link.id)
    if (!stored || stored.value.used) return
    await context.collections.links.commit({
      id: link.id,
      expectedVersion: stored.version,
      value: { ...stored.value, used: true },
    })
  })
  return { address }
}

/** @throws Failure token-gone: unknown, used, over, or of a person who was switched off */
async function opened(context: Context, token: string, clientAddress: string) {
  return await context.throttle.attempt(
    clientAddress,
    [{ key: `link-place:${clientAddress}`, patience: PLACE }],
    async () => {
      const { items } = await context.collections.links.find({
        index: 'byToken',
        key: [hashOf(token)],
        limit: 1,
      })
      const [link] = items
      if (link?.value.purpose !== 'address' || link.value.used || link.value.expiresAt <= now(context))
        throw new Failure('token-gone')
      const account = await context.collections.accounts.get(link.value.accountId)
      if (account?.value.status !== 'active') throw new Failure('token-gone')
      return { link, account }
    },
    (error) => error instanceof Failure && error.code === 'token-gone',
  )
}
