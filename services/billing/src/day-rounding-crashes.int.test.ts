/** Rounding per ticket and day under kills: whatever write a run dies at, the day is billed once (decision 0051). */
import {
  discardDraft,
  getInvoice,
  listInvoices,
  logPrestation,
  putContract,
  runInvoices,
} from '@guichet/contracts/billing'
import { expect, test } from 'vitest'
import { finishUnfinished } from './finish-unfinished.ts'
import { anne, finn, RATES } from './testing/desk.ts'
import { openDoomedDesk } from './testing/doomed-desk.ts'

test('a run that dies at any write bills the day once', { timeout: 120_000 }, async () => {
  const { desk, plan, context } = await openDoomedDesk()
  try {
    const finance = desk.as(finn)
    const rounding = { stepMinutes: 15, minimumMinutes: 15, per: 'ticket-day' as const }
    await finance.ask(putContract, { companyId: 'acme', terms: { rates: RATES, rounding } })
    for (const minutes of [10, 10, 5]) {
      const prestation = { workedOn: '2026-11-20', kind: 'Support', description: 'Câble', minutes }
      await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation })
    }
    const period = { from: '2026-11-01', to: '2026-11-30' }
    for (const last of ['kept', 'lost'] as const) {
      let died = 0
      for (let writesLeft = 0; writesLeft < 10; writesLeft += 1) {
        Object.assign(plan, { writesLeft, last })
        died += await finance.ask(runInvoices, period).then(
          () => 0,
          () => 1,
        )
        Object.assign(plan, { writesLeft: Infinity })
        // Another run may be first; what the dead one had begun is finished when it is found.
        if (writesLeft % 2 === 0) await finance.ask(runInvoices, period)
        await finishUnfinished(context)
        await finance.ask(runInvoices, period)
        const { items } = await finance.ask(listInvoices, { limit: 100 })
        const drafts = await Promise.all(items.map(({ id }) => finance.ask(getInvoice, { id })))
        const billed = drafts.flatMap(({ lines }) => lines).map(({ quantity }) => quantity)
        expect(billed.toSorted()).toEqual(['0', '15', '15'])
        for (const { id } of drafts) await finance.ask(discardDraft, { id })
      }
      expect(died).toBeGreaterThan(4)
    }
  } finally {
    await desk.stop()
  }
})
