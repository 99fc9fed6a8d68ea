/** The steps of a ticket's life: each one decision, one commit. */
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type {
  assignTicket,
  changeTicket as changeContract,
  mergeTicket,
  TicketSummary,
} from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { changeTicket, type Context } from '../context.ts'
import { assign, change, merge, type Decision, type Occasion } from '../domain/decide.ts'
import { isAgent, type TicketState } from '../domain/ticket.ts'
import { followMerges } from '../merges.ts'
import { summaryOf } from '../views/summary.ts'

export type Step = (state: TicketState, occasion: Occasion) => Decision

export async function answerStep(
  context: Context,
  step: Step,
  number: number,
  actor: AccountActor,
): Promise<TicketSummary> {
  return await summaryOf(context, await changeTicket(context, number, actor, step), actor)
}

export async function answerChangeTicket(
  context: Context,
  { number, changes }: InputOf<typeof changeContract>,
  actor: AccountActor,
): Promise<TicketSummary> {
  const locked = async ({ companyId }: TicketState) =>
    companyId !== null &&
    changes.priority !== undefined &&
    (await context.facts.freshCompany(companyId))?.priorityLocked === true
  const changed = await changeTicket(context, number, actor, async (state, occasion) =>
    change(state, (await locked(state)) ? { ...changes, priority: 'normal' } : changes, occasion),
  )
  return await summaryOf(context, changed, actor)
}

export async function answerAssignTicket(
  context: Context,
  { number, accountId }: InputOf<typeof assignTicket>,
  actor: AccountActor,
): Promise<TicketSummary> {
  const changed = await changeTicket(context, number, actor, async (state, occasion) => {
    if (!isAgent(actor)) throw new Failure('forbidden')
    await requireAgentAccount(context, accountId)
    return assign(state, accountId, occasion)
  })
  return await summaryOf(context, changed, actor)
}

async function requireAgentAccount({ facts }: Context, accountId: string | null): Promise<void> {
  if (accountId === null) return
  const account = await facts.freshAccount(accountId)
  const works =
    account?.companyId === null &&
    account.status === 'active' &&
    account.roles.some((role) => role === 'agent' || role === 'admin')
  if (!works)
    throw new Failure('invalid-fields', { fields: [{ path: 'accountId', code: 'assignee-unknown' }] })
}

export async function answerMergeTicket(
  context: Context,
  { number, into }: InputOf<typeof mergeTicket>,
  actor: AccountActor,
): Promise<TicketSummary> {
  const merged = await changeTicket(context, number, actor, async (state, occasion) =>
    merge(state, await followMerges(context, into, actor), occasion),
  )
  return await summaryOf(context, merged, actor)
}
