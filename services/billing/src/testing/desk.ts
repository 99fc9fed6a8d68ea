/** A billing service at work, its neighbours, and the people who use it: what its tests begin with. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@guichet/service/config'
import {
  accountActor,
  serve,
  startHarness,
  type Harness,
  type HarnessOptions,
} from '@guichet/service/harness'
import { putContract, putSeller } from '@guichet/contracts/billing'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { billingConfig, createBillingService } from '../index.ts'
import { company, neighbours, serveNeighbours, ticketOf, type Neighbours } from './neighbours.ts'

export const anne = accountActor('anne', { name: 'Anne Lambert' })
export const finn = accountActor('finn', { roles: ['finance'] })
/** Requester of ticket 1001, of Acme. */
export const paul = accountActor('paul', { companyId: 'acme', roles: ['customer'] })
/** A colleague of Paul's. */
export const zoe = accountActor('zoe', { companyId: 'acme', roles: ['customer'] })
export const bea = accountActor('bea', { companyId: 'acme', roles: ['customer', 'billing'] })
/** Billing contact of another company. */
export const bob = accountActor('bob', { companyId: 'zeta', roles: ['customer', 'billing'] })

export const SELLER = {
  name: 'Exeko',
  legalName: 'Exeko Services',
  legalForm: 'SRL',
  vatNumber: 'BE 0403.019.261',
  enterpriseNumber: '0403.019.261',
  registry: 'RPM Brabant wallon',
  address: { street: 'Chaussée de Louvain 431', zip: '1380', city: 'Lasne', country: 'BE' },
  iban: 'BE68 5390 0754 7034',
  bic: 'GKCCBEBB',
  email: 'compta@exeko.example',
}

export const RATES = [
  { kind: 'Support', unit: 'hour' as const, price: '90.00', vatRate: '21' },
  { kind: 'Trajet', unit: 'km' as const, price: '0.4327', vatRate: '21' },
]

export interface Desk extends Harness {
  table: Neighbours
  fakeClock: FakeClock
}

/** Nothing of a test lands in the working folder. */
export const testConfig = (settings: Record<string, string> = {}) =>
  loadConfig(billingConfig, { DATA_DIR: mkdtempSync(join(tmpdir(), 'guichet-billing-')), ...settings })

export const billing = serve('billing', createBillingService, testConfig())

/** Acme (tickets 1001, 1002) and Zeta (2001) with rates rounded to the minute, and the house of a ticket 3001. */
export async function openDesk(options: Partial<HarnessOptions> = {}): Promise<Desk> {
  const table = neighbours()
  table.companies.set('acme', company('acme', { name: 'Acme' }))
  table.companies.set(
    'zeta',
    company('zeta', { name: 'Zeta', vatNumber: 'BE0403227515', enterpriseNumber: '0403227515' }),
  )
  for (const [number, companyId] of [
    [1001, 'acme'],
    [1002, 'acme'],
    [2001, 'zeta'],
    [3001, null],
  ] as const) {
    table.tickets.set(number, ticketOf(companyId, number))
  }
  const fakeClock = createFakeClock('2026-11-24T10:00:00Z')
  const harness = await startHarness({
    clock: fakeClock,
    services: [...serveNeighbours(table), billing],
    ...options,
  })
  return { ...harness, table, fakeClock }
}

/** With seller and contracts: ready to bill. */
export async function openReadyDesk(options: Partial<HarnessOptions> = {}): Promise<Desk> {
  const desk = await openDesk(options)
  await desk.as(finn).ask(putSeller, { seller: SELLER })
  for (const companyId of ['acme', 'zeta']) {
    await desk.as(finn).ask(putContract, {
      companyId,
      terms: { rates: RATES, rounding: { stepMinutes: 1, minimumMinutes: 0 } },
    })
  }
  return desk
}
