/** A new ticket, whichever door it came by. Under a key, the number is reserved first: a repeat finds the same ticket. */
import type { Actor } from '@guichet/contracts/values/actor'
import { encodeMessageBody, type MessageBody } from '@guichet/contracts/values/message-body'
import { newBlobId, VersionConflict, type Stored } from '@guichet/store'
import { commitDecision, nowOf, type Context } from './context.ts'
import { open, type Opening } from './domain/decide.ts'
import type { TicketState } from './domain/ticket.ts'

export type NewTicket = Omit<Opening, 'bodyBlobId' | 'hasBody'> & {
  body: MessageBody
  /** Names by which people look for it: requester, address, company. */
  searchable: string
}

export async function openNewTicket(
  context: Context,
  ticket: NewTicket,
  actor: Actor,
): Promise<Stored<TicketState>> {
  const key = ticket.openedUnder
  if (key === null) return await context.numbers.allocate((number) => create(context, ticket, actor, number))
  const known = await context.collections.reservations.get(key)
  if (known) {
    const finished = await underReservation(context, ticket, actor, key, known.value.number)
    if (finished) return finished
  }
  return await context.numbers.allocate(async (number) => {
    const reservation = await reserve(context, key, number)
    const made = await underReservation(context, ticket, actor, key, reservation)
    // The number went to a ticket of another copy: reserve the next.
    if (!made) throw new VersionConflict('tickets', String(reservation), 0)
    return made
  })
}

/** The ticket of this reservation, made now if a crash had come between; undefined when the number is another's. */
async function underReservation(
  context: Context,
  ticket: NewTicket,
  actor: Actor,
  key: string,
  number: number,
): Promise<Stored<TicketState> | undefined> {
  const known = await context.collections.tickets.get(String(number))
  if (known) return known.value.openedUnder === key ? known : undefined
  try {
    return await create(context, ticket, actor, number)
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
    const winner = await context.collections.tickets.get(String(number))
    return winner?.value.openedUnder === key ? winner : undefined
  }
}

async function reserve({ collections }: Context, key: string, number: number): Promise<number> {
  const known = await collections.reservations.get(key)
  const taken = known && (await collections.tickets.get(String(known.value.number)))
  if (known && (!taken || taken.value.openedUnder === key)) return known.value.number
  try {
    await collections.reservations.commit({
      id: key,
      expectedVersion: known?.version ?? 0,
      value: { number },
    })
    return number
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
    return await reserve({ collections } as Context, key, number)
  }
}

async function create(
  context: Context,
  ticket: NewTicket,
  actor: Actor,
  number: number,
): Promise<Stored<TicketState>> {
  const { body, searchable, ...opening } = ticket
  const blob = { id: newBlobId(), bytes: encodeMessageBody(body) }
  const occasion = { number, actor, at: nowOf(context), version: 1 }
  const decision = open({ ...opening, bodyBlobId: blob.id, hasBody: body.text !== '' }, occasion)
  const addToSearch = [searchable, body.text, body.quoted ?? ''].join('\n')
  const keeps = ticket.attachments.map(({ blobId }) => blobId)
  return await commitDecision(context, decision, occasion, { blobs: [blob], keeps, addToSearch })
}
