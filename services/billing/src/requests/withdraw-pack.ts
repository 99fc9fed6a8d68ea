import type { withdrawPack } from '@guichet/contracts/billing'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Context } from '../context.ts'
import { withdrawPack as withdraw } from '../selling/withdraw-pack.ts'

/** What was sold here goes with its draft, or by a credit note. */
export async function answerWithdrawPack(
  context: Context,
  { companyId, id }: InputOf<typeof withdrawPack>,
): Promise<Record<string, never>> {
  const ledger = (await context.packLedgers.get(companyId))?.value
  const pack = ledger?.packs.find((one) => one.id === id)
  if (!pack) throw new Failure('not-found')
  if (!pack.takenOver) throw new Failure('pack-has-invoice')
  if (!(await withdraw(context, companyId, id))) throw new Failure('pack-in-use')
  return {}
}
