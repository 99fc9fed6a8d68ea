/** What all changes of a ticket's state have in common: who did it, what it is called, where it is. */
import type { Envelope } from '@guichet/contracts/envelope'
import type { People, Telling } from '../domain/telling.ts'
import type { Context } from './context.ts'

export async function tellOfChange(
  { facts, tell }: Context,
  change: { number: number; people: People },
  event: Envelope,
  decide: (people: People, actorId: string | null) => Telling[],
): Promise<void> {
  const actorId = event.actor.kind === 'account' ? event.actor.accountId : null
  const tellings = decide(change.people, actorId)
  if (tellings.length === 0) return
  const [ticket, accounts] = await Promise.all([
    facts.ticket(change.number),
    facts.accounts(tellings.map(({ accountId }) => accountId)),
  ])
  await tell(tellings, accounts, {
    event,
    who: event.actor.kind === 'account' ? event.actor.name : '',
    ticket: change.number,
    subject: ticket.subject,
    path: `/tickets/${change.number}`,
  })
}
