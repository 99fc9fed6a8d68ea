/** What support writes often: one list of the house, in one document. */
import { randomUUID } from 'node:crypto'
import { isStaff } from '@guichet/access'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { ticketSettingsChanged, type CannedReply, type putCannedReply } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { changedFields, newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'
import { isAgent } from '../domain/ticket.ts'

const ID = 'canned-replies'
const MOST = 200

/** @throws Failure forbidden for customers: what the house has ready is not theirs to read */
export async function answerListCannedReplies(
  { collections }: Context,
  actor: AccountActor,
): Promise<{ items: CannedReply[] }> {
  if (!isStaff(actor)) throw new Failure('forbidden')
  return { items: (await collections.cannedReplies.get(ID))?.value.items ?? [] }
}

export async function answerPutCannedReply(
  context: Context,
  { id = randomUUID(), name, text }: InputOf<typeof putCannedReply>,
  actor: AccountActor,
): Promise<CannedReply> {
  const reply = { id, name: name.trim(), text: text.trim() }
  if (reply.name === '' || reply.text === '')
    throw new Failure('invalid-fields', { fields: [{ path: 'text', code: 'nothing-said' }] })
  await changed(context, actor, (items) => {
    const others = items.filter((each) => each.id !== id)
    if (others.length >= MOST) throw new Failure('too-many-replies', { params: { most: MOST } })
    return [...others, reply].toSorted((a, b) => a.name.localeCompare(b.name))
  })
  return reply
}

export async function answerRemoveCannedReply(
  context: Context,
  id: string,
  actor: AccountActor,
): Promise<void> {
  await changed(context, actor, (items) => items.filter((each) => each.id !== id))
}

async function changed(
  { collections, parts }: Context,
  actor: AccountActor,
  change: (items: readonly CannedReply[]) => CannedReply[],
): Promise<void> {
  if (!isAgent(actor)) throw new Failure('forbidden')
  await retryOnConflict(async () => {
    const stored = await collections.cannedReplies.get(ID)
    const items = change(stored?.value.items ?? [])
    await collections.cannedReplies.commit({
      id: ID,
      expectedVersion: stored?.version ?? 0,
      value: { items },
      events: [
        newEvent(
          ticketSettingsChanged,
          { setting: ID, changes: changedFields(byName(stored?.value.items ?? []), byName(items)) },
          { actor, audience: STAFF_ONLY, at: parts.clock.now() },
        ),
      ],
    })
  })
}

/** As they are told apart by people. */
const byName = (items: readonly CannedReply[]) =>
  Object.fromEntries(items.map(({ name, text }) => [name, text]))
