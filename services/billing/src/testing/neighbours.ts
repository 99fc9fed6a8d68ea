/**
 * What billing asks of identity and ticket, answered from a table: for tests of billing alone. The real ones stand
 * beside it in the stories of services/standalone.
 */
import type { OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { getAccounts, getCompany, listCompanies, type Account } from '@guichet/contracts/identity'
import { getFacts, type TicketFacts } from '@guichet/contracts/ticket'
import { answer, services } from '@guichet/service'
import { type HarnessService, serveNeighbour } from '@guichet/service/harness'

type Company = OutputOf<typeof getCompany>

export interface Neighbours {
  companies: Map<string, Company>
  tickets: Map<number, TicketFacts>
  accounts: Map<string, Account>
  /** Both answer while true. */
  reachable: boolean
}

export function company(id: string, changes: Partial<Company> = {}): Company {
  return {
    id,
    name: `Company ${id}`,
    legalName: null,
    vatNumber: 'BE0417497106',
    enterpriseNumber: '0417497106',
    address: { street: 'Rue de l’Église 12', zip: '5000', city: 'Namur', country: 'BE' },
    language: 'fr',
    priorityLocked: false,
    managersSeeAll: false,
    createdAt: '2026-01-05T09:00:00.000Z',
    ...changes,
  }
}

export function ticketOf(
  companyId: string | null,
  number: number,
  changes: Partial<TicketFacts> = {},
): TicketFacts {
  return {
    number,
    subject: `Subject of ${number}`,
    status: 'open',
    priority: 'normal',
    requesterId: 'paul',
    companyId,
    participantIds: ['paul'],
    assigneeId: null,
    mergedInto: null,
    ...changes,
  }
}

export function neighbours(): Neighbours {
  return { companies: new Map(), tickets: new Map(), accounts: new Map(), reachable: true }
}

/** Both, for the harness. */
export function serveNeighbours(table: Neighbours): HarnessService[] {
  const found = <T>(value: T | undefined): T => {
    if (!table.reachable) throw new Failure('unavailable', { retryable: true })
    if (value === undefined) throw new Failure('not-found')
    return value
  }
  const asked = services()
  return [
    serveNeighbour('identity', [
      answer(getCompany, asked, async ({ id }) => found(table.companies.get(id))),
      answer(listCompanies, asked, async ({ limit = 100, cursor = '0' }) => {
        found(table)
        const all = [...table.companies.values()]
        const end = Number(cursor) + limit
        return { items: all.slice(Number(cursor), end), next: end < all.length ? String(end) : null }
      }),
      answer(getAccounts, asked, async ({ ids }) => ({
        items: ids.flatMap((id) => table.accounts.get(id) ?? []),
      })),
    ]),
    serveNeighbour('ticket', [
      answer(getFacts, asked, async ({ number }) => found(table.tickets.get(number))),
    ]),
  ]
}
