import type { sellPack } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { newId } from '../account-of.ts'
import type { Context } from '../context.ts'
import { maySeePacks, requireFinance } from '../domain/access.ts'
import { packFaults } from '../domain/packs.ts'
import { sellPack as sell } from '../selling/sell-pack.ts'
import { packView } from '../views/pack-view.ts'

export async function answerSellPack(
  context: Context,
  { companyId, pack, idempotencyKey }: InputOf<typeof sellPack>,
  actor: Actor,
): Promise<OutputOf<typeof sellPack>> {
  requireFinance(actor, maySeePacks(actor, companyId))
  const faults = packFaults(pack)
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  await context.facts.company(companyId)
  const id = newId(actor, `pack of ${companyId}`, idempotencyKey)
  await sell(context, { id, companyId, pack, by: actor })
  const ledger = (await context.packLedgers.get(companyId))?.value
  const sold = ledger?.packs.find((one) => one.id === id)
  // Sold under this key before, and its draft thrown away since.
  if (!ledger || !sold) throw new Failure('not-found')
  return packView(context, companyId, ledger, sold)
}
