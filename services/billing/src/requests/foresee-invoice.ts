import { isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { foreseeInvoice } from '@guichet/contracts/unbilled-work'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { maySeeInvoice, maySeeTime } from '../domain/access.ts'
import { dueFees, lastDayOf, notCharged } from '../domain/due-fees.ts'
import { coverageWishes, gatheredLines } from '../domain/gathered.ts'
import { totals } from '../domain/invoice.ts'
import { coverage, NO_PACKS } from '../domain/packs.ts'
import { foreseenDays } from '../drafting/day-uses.ts'
import { openWork } from '../drafting/open-work.ts'
import { shownLine } from '../views/invoice-view.ts'

/** The draft's own rules, over the same work, with nothing taken from any ledger. */
export async function answerForeseeInvoice(
  context: Context,
  { companyId }: InputOf<typeof foreseeInvoice>,
  actor: Actor,
): Promise<OutputOf<typeof foreseeInvoice>> {
  // Whoever will see the invoice may see what it is coming to.
  if (!maySeeInvoice(actor, { companyId, stage: 'issued' })) throw new Failure('not-found')
  const on = context.today()
  const month = on.slice(0, 7)
  const contract = (await context.contracts.get(companyId))?.value
  const terms = context.termsOf(contract)
  if (!isStaff(actor) && !maySeeTime(actor, terms(on))) throw new Failure('forbidden')
  await context.facts.company(companyId)
  const [held, packLedger, feeLedger] = await Promise.all([
    openWork(context, companyId),
    context.packLedgers.get(companyId),
    context.feeLedgers.get(companyId),
  ])
  const { billed } = await foreseenDays(context, held, terms)
  const ledger = packLedger?.value ?? NO_PACKS
  const due = dueFees(contract, { from: `${month}-01`, to: lastDayOf(month) })
  const { lines, withoutPrice } = gatheredLines(held, {
    fees: notCharged(feeLedger?.value, due),
    terms,
    billed,
    regime: await context.regime(terms(on)),
    packs: ledger.packs,
    uses: coverage(ledger, coverageWishes(held, terms, billed)),
  })
  const numbers = lines.flatMap(({ ticket }) => ticket ?? [])
  return {
    companyId,
    on,
    lines: lines.map(shownLine),
    tickets: await context.facts.labels(numbers, companyId),
    totals: totals({ lines, allowances: [], prepaid: '0.00' }),
    withoutPrice: [...new Set(withoutPrice.map(({ value }) => value.kind))],
  }
}
