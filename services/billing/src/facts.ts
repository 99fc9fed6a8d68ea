/** What other services know and billing needs. Asked as this service. */
import { getAccounts, getCompany, listCompanies } from '@guichet/contracts/identity'
import { getFacts, type TicketFacts } from '@guichet/contracts/ticket'
import { Failure } from '@guichet/contracts/failure'
import type { OutputOf } from '@guichet/contracts/definition'
import type { ServiceParts } from '@guichet/service'
import { inBatches } from './drafting/in-batches.ts'
import type { TicketLabel } from './domain/invoice.ts'

export type CompanyFacts = OutputOf<typeof getCompany>

export interface Facts {
  /** @throws Failure not-found */
  ticket(number: number): Promise<TicketFacts>
  /** @throws Failure not-found */
  company(id: string): Promise<CompanyFacts>
  /** All of them. @throws Failure unavailable */
  companies(): Promise<CompanyFacts[]>
  /**
   * What these tickets are called, for the company's own invoice: another company's ticket, or none, has no label.
   * @throws Failure unavailable
   */
  labels(numbers: readonly number[], companyId: string): Promise<TicketLabel[]>
}

const MOST_ACCOUNTS = 100

export function createFacts({ bus, actors }: Pick<ServiceParts, 'bus' | 'actors'>): Facts {
  const { requests } = bus

  const ticket = async (number: number) => requests.ask(getFacts, { number }, { token: await actors.own() })

  async function ticketIfAny(number: number): Promise<TicketFacts | undefined> {
    try {
      return await ticket(number)
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') return undefined
      throw error
    }
  }

  async function names(ids: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (let at = 0; at < ids.length; at += MOST_ACCOUNTS) {
      const { items } = await requests.ask(
        getAccounts,
        { ids: ids.slice(at, at + MOST_ACCOUNTS) },
        { token: await actors.own() },
      )
      for (const { id, name } of items) found.set(id, name)
    }
    return found
  }

  return {
    ticket,
    company: async (id) => requests.ask(getCompany, { id }, { token: await actors.own() }),
    async companies() {
      const found: CompanyFacts[] = []
      let cursor: string | undefined
      do {
        const page = await requests.ask(listCompanies, { limit: 100, cursor }, { token: await actors.own() })
        found.push(...page.items)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      return found
    },
    async labels(numbers, companyId) {
      const unique = [...new Set(numbers)].sort((a, b) => a - b)
      const found = await inBatches(unique, ticketIfAny)
      const tickets = found.filter((facts): facts is TicketFacts => facts?.companyId === companyId)
      const requesters = await names([...new Set(tickets.map(({ requesterId }) => requesterId))])
      return tickets.map(({ number, subject, requesterId }) => ({
        number,
        subject,
        requester: requesters.get(requesterId) ?? '',
      }))
    },
  }
}
