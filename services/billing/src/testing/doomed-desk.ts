/** A desk whose billing dies at the write that its plan names. */
import { serve } from '@guichet/service/harness'
import { createContext, type Context } from '../context.ts'
import { createBillingService } from '../index.ts'
import { makeCrashing, type CrashPlan } from './crashing-store.ts'
import { openReadyDesk, testConfig, type Desk } from './desk.ts'
import { company, neighbours, serveNeighbours, ticketOf } from './neighbours.ts'

export interface Doomed {
  desk: Desk
  plan: CrashPlan
  context: Context
}

export async function openDoomedDesk(): Promise<Doomed> {
  const plan: CrashPlan = { writesLeft: Infinity, last: 'lost' }
  let context: Context | undefined
  const table = neighbours()
  for (const id of ['acme', 'zeta']) table.companies.set(id, company(id))
  table.tickets.set(1001, ticketOf('acme', 1001))
  table.tickets.set(2001, ticketOf('zeta', 2001))
  const doomed = serve(
    'billing',
    (parts) => {
      makeCrashing(parts.store, plan)
      context = createContext(parts)
      return createBillingService(parts)
    },
    testConfig(),
  )
  const desk = await openReadyDesk({ services: [...serveNeighbours(table), doomed] })
  if (!context) throw new Error('the service was not created')
  return { desk, plan, context }
}
