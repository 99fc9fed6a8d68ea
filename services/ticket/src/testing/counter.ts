/**
 * The ticket service at work, with the people and companies that its neighbours would know: for tests of tickets
 * alone. The real neighbours stand beside it in the stories of services/standalone.
 */
import type { OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { getArchivedTicket } from '@guichet/contracts/archiver'
import { getAccounts, getCompany, listStaff, type Account } from '@guichet/contracts/identity'
import { openTicket, postMessage } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { answer, services } from '@guichet/service'
import { accountActor, type Harness, serve, serveNeighbour, startHarness } from '@guichet/service/harness'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { createTicketService } from '../index.ts'

type Company = OutputOf<typeof getCompany>
type Archived = OutputOf<typeof getArchivedTicket>

export const paul = accountActor('paul', { name: 'Paul Delvaux', companyId: 'acme', roles: ['customer'] })
export const zoe = accountActor('zoe', { name: 'Zoé Martin', companyId: 'acme', roles: ['customer'] })
export const mona = accountActor('mona', {
  name: 'Mona Peeters',
  companyId: 'acme',
  roles: ['customer', 'manager'],
})
export const bob = accountActor('bob', {
  name: 'Bob Janssens',
  companyId: 'zeta',
  roles: ['customer', 'manager', 'billing'],
})
export const anne = accountActor('anne', { name: 'Anne Lambert' })
export const bruno = accountActor('bruno', { name: 'Bruno Claes' })
export const finn = accountActor('finn', { name: 'Finn Maes', roles: ['finance'] })
const EVERYONE = [paul, zoe, mona, bob, anne, bruno, finn]

export interface Counter extends Harness {
  readonly fakeClock: FakeClock
  readonly companies: Map<string, Company>
  /** What the archive holds, by number. */
  readonly archive: Map<number, Archived>
  /** Number of a ticket that this person opened. */
  opened: (by: AccountActor, subject?: string) => Promise<number>
  said: (by: AccountActor, number: number, text: string) => Promise<void>
}

const companyOf = (id: string, name: string): Company => ({
  id,
  name,
  legalName: null,
  vatNumber: null,
  enterpriseNumber: null,
  address: null,
  language: 'fr',
  priorityLocked: false,
  managersSeeAll: false,
  createdAt: '2026-01-05T09:00:00.000Z',
})

const accountOf = ({ accountId, companyId, email, name, roles, language }: AccountActor): Account => ({
  id: accountId,
  companyId,
  email,
  name,
  roles,
  language,
  status: 'active',
  createdAt: '2026-01-05T09:00:00.000Z',
})

export async function openCounter(): Promise<Counter> {
  const fakeClock = createFakeClock('2026-11-24T10:00:00Z')
  const companies = new Map(
    [companyOf('acme', 'Acme'), companyOf('zeta', 'Zeta')].map((company) => [company.id, company]),
  )
  const accounts = new Map(EVERYONE.map((person) => [person.accountId, accountOf(person)]))
  const archive = new Map<number, Archived>()
  const found = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Failure('not-found')
    return value
  }
  const identity = serveNeighbour('identity', [
    answer(getCompany, services(), async ({ id }) => found(companies.get(id))),
    answer(getAccounts, services(), async ({ ids }) => ({
      items: ids.flatMap((id) => accounts.get(id) ?? []),
    })),
    answer(listStaff, services(), async () => ({
      items: [...accounts.values()].filter(({ companyId }) => companyId === null),
    })),
  ])
  const archiver = serveNeighbour('archiver', [
    answer(getArchivedTicket, services('ticket'), async ({ number }) => found(archive.get(number))),
  ])
  const harness = await startHarness({
    clock: fakeClock,
    services: [identity, archiver, serve('ticket', createTicketService, { ARCHIVE_AFTER_DAYS: 90 })],
  })
  return {
    ...harness,
    fakeClock,
    companies,
    archive,
    opened: async (by, subject = 'Imprimante en panne') =>
      (await harness.as(by).ask(openTicket, { subject, description: 'Depuis ce matin.' })).number,
    said: async (by, number, text) => {
      fakeClock.advance({ minutes: 1 })
      await harness.as(by).ask(postMessage, { number, text })
    },
  }
}
