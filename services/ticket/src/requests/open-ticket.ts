import { isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { openTicket, Priority, Via } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import type { Context } from '../context.ts'
import { openNewTicket } from '../open.ts'
import { summaryOf } from '../views/summary.ts'

export async function answerOpenTicket(
  context: Context,
  input: InputOf<typeof openTicket>,
  actor: AccountActor,
): Promise<OutputOf<typeof openTicket>> {
  const requester = await requesterOf(context, input.requesterId, actor)
  const company =
    requester.companyId === null ? undefined : await context.facts.freshCompany(requester.companyId)
  const ticket = await openNewTicket(
    context,
    {
      subject: input.subject,
      requesterId: requester.id,
      companyId: requester.companyId,
      participantIds: [],
      openedById: actor.accountId,
      priority: priorityOf(input.priority, company?.priorityLocked === true),
      via: viaOf(input.via, actor),
      body: { text: input.description, quoted: null, html: null },
      attachments: input.attachments ?? [],
      openedUnder: input.idempotencyKey ? idFromKey(actor.accountId, `ticket:${input.idempotencyKey}`) : null,
      mailId: null,
      linkedTo: null,
      refusedThread: null,
      searchable: `${requester.name} ${requester.email} ${company?.name ?? ''}`,
    },
    actor,
  )
  return await summaryOf(context, ticket, actor)
}

/** Abuse of priorities: every ticket of theirs is normal. */
function priorityOf(wanted: Priority | undefined, locked: boolean): Priority {
  return locked ? 'normal' : (wanted ?? 'normal')
}

/** Staff note what came by phone; nobody but the mail door says `mail`. */
function viaOf(wanted: Via | undefined, actor: AccountActor): Via {
  if (wanted === undefined || wanted === 'mail') return 'web'
  return wanted === 'phone' && !isStaff(actor) ? 'web' : wanted
}

async function requesterOf({ facts }: Context, requesterId: string | undefined, actor: AccountActor) {
  if (requesterId === undefined || requesterId === actor.accountId) {
    const { accountId: id, companyId, name, email } = actor
    return { id, companyId, name, email }
  }
  // A customer learns nothing of who else is registered.
  if (!isStaff(actor)) throw new Failure('forbidden')
  const account = await facts.freshAccount(requesterId)
  if (!account || account.status === 'inactive') {
    throw new Failure('invalid-fields', { fields: [{ path: 'requesterId', code: 'requester-unknown' }] })
  }
  return account
}
