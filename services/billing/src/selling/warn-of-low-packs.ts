/** Timer: clients whose prepaid hours run out are told, once for the packs that they have. */
import { prepaidLow } from '@guichet/contracts/prepaid'
import { newEvent, STAFF_ONLY } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { coverageWishes } from '../domain/gathered.ts'
import type { PackLedger } from '../domain/packs.ts'
import { prepaidLow as lowOf } from '../domain/prepaid-low.ts'
import { foreseenDays } from '../drafting/day-uses.ts'
import { openWork } from '../drafting/open-work.ts'

export const WARN_EVERY_MS = 10 * 60_000

export async function warnOfLowPacks(context: Context): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await context.packLedgers.find({ index: 'all', key: ['all'], limit: 100, cursor })
    for (const stored of page.items) await warn(context, stored)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

async function warn(context: Context, { id: companyId, version, value }: Stored<PackLedger>): Promise<void> {
  const terms = await context.termsByDay(companyId)
  const work = await openWork(context, companyId)
  const open = coverageWishes(work, terms, (await foreseenDays(context, work, terms)).billed)
  const today = context.today()
  const low = lowOf(value, open, today, terms(today).prepaidLowPercent)
  if (!low) return
  const { packs, ...data } = low
  const facts = {
    actor: { kind: 'service', service: 'billing' },
    audience: STAFF_ONLY,
    at: context.now(),
  } as const
  try {
    await context.packLedgers.commit({
      id: companyId,
      expectedVersion: version,
      value: { ...value, lowSaidFor: packs },
      events: [newEvent(prepaidLow, { companyId, ...data }, facts)],
    })
  } catch (error) {
    // Used or sold meanwhile: the next round looks again.
    if (!(error instanceof VersionConflict)) throw error
  }
}
