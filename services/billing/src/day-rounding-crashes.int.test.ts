/** Rounding per ticket and day under kills: whatever write a run dies at, the day is billed once (decision 0051). */
import {
  discardDraft,
  getInvoice,
  listInvoices,
  logPrestation,
  putContract,
  runInvoices,
} from '@guichet/contracts/billing'
import { serve } from '@guichet/service/harness'
import { expect, test } from 'vitest'
import { createContext, type Context } from './context.ts'
import { finishUnfinished } from './finish-unfinished.ts'
import { createBillingService } from './index.ts'
import { makeCrashing, type CrashPlan } from './testing/crashing-store.ts'
import { anne, finn, openReadyDesk, RATES, testConfig } from './testing/desk.ts'
import { company, neighbours, serveNeighbours, ticketOf } from './testing/neighbours.ts'

test('a run that dies at any write bills the day once', { timeout: 120_000 }, async () => {
  const plan: CrashPlan = { writesLeft: Infinity, last: 'kept' }
  let context: Context | undefined
  const doomed = serve(
    'billing',
    (parts) => {
      makeCrashing(parts.store, plan)
      context = createContext(parts)
      return createBillingService(parts)
    },
    testConfig(),
  )
  const table = neighbours()
  for (const id of ['acme', 'zeta']) table.companies.set(id, company(id, { name: id }))
  table.tickets.set(1001, ticketOf('acme', 1001))
  const desk = await openReadyDesk({ services: [...serveNeighbours(table), doomed] })
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
        if (!context) throw new Error('the service was not created')
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
