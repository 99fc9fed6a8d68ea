import { isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { listAgentPrestations } from '@guichet/contracts/service-time'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import { accountOf } from '../account-of.ts'
import type { Context } from '../context.ts'
import { isFinance } from '../domain/access.ts'
import type { StoredPrestation } from '../domain/prestation.ts'
import { prestationViews } from '../views/prestation-view.ts'

const MOST = 500

/** @throws Failure forbidden: an agent's day is their own and finance's */
export async function answerListAgentPrestations(
  context: Context,
  { from, to, agentId }: InputOf<typeof listAgentPrestations>,
  actor: Actor,
): Promise<OutputOf<typeof listAgentPrestations>> {
  const own = accountOf(actor).accountId
  if (!isStaff(actor) || (agentId !== undefined && agentId !== own && !isFinance(actor)))
    throw new Failure('forbidden')
  const found: Stored<StoredPrestation>[] = []
  let cursor: string | undefined
  let complete = true
  do {
    const page = await context.prestations.find({
      index: 'ofAgent',
      key: [agentId ?? own],
      limit: 100,
      cursor,
    })
    found.push(...page.items.filter(({ value }) => value.workedOn >= from && value.workedOn <= to))
    // Newest work first: below the first day nothing more is to be found.
    const isBelow = page.items.some(({ value }) => value.workedOn < from)
    cursor = isBelow ? undefined : (page.next ?? undefined)
    complete = found.length <= MOST
  } while (cursor !== undefined && complete)
  const shown = found.slice(0, MOST)
  return {
    items: await prestationViews(context, shown, actor),
    minutes: shown.reduce((total, { value }) => total + (value.minutes ?? 0), 0),
    complete,
  }
}
