/** What identity knows and a ticket's pages need: names, companies. Asked as this service, remembered for a minute. */
import { getAccounts, getCompany, listStaff, type Account, type Company } from '@guichet/contracts/identity'
import { Failure } from '@guichet/contracts/failure'
import type { PersonRef } from '@guichet/contracts/ticket'
import type { ServiceParts } from '@guichet/service'

const REMEMBERED_MS = 60_000
const MOST_REMEMBERED = 10_000
const MOST_IDS = 100

export interface Facts {
  /** Those that exist. */
  accounts: (ids: readonly string[]) => Promise<Map<string, Account>>
  people: (ids: readonly string[]) => Promise<Map<string, PersonRef>>
  /** Shown beside a ticket; '' for one that does not exist. */
  companyName: (id: string) => Promise<string>
  /** Never older than the question: what a company allows is decided by it. undefined when it does not exist. */
  freshCompany: (id: string) => Promise<Company | undefined>
  /** Active people of the house. */
  staff: () => Promise<Account[]>
  /** Never older than the question, likewise. */
  freshAccount: (id: string) => Promise<Account | undefined>
}

export function createFacts({ bus, actors, clock }: ServiceParts): Facts {
  const accounts = createMemory<Account>(() => clock.now().epochMilliseconds)
  const companies = createMemory<Company>(() => clock.now().epochMilliseconds)

  async function fetchAccounts(ids: readonly string[]): Promise<Account[]> {
    const { items } = await bus.requests.ask(getAccounts, { ids: [...ids] }, { token: await actors.own() })
    for (const account of items) accounts.keep(account.id, account)
    return items
  }

  async function accountsOf(ids: readonly string[]): Promise<Map<string, Account>> {
    const wanted = [...new Set(ids)]
    const unknown = wanted.filter((id) => accounts.get(id) === undefined)
    for (let from = 0; from < unknown.length; from += MOST_IDS)
      await fetchAccounts(unknown.slice(from, from + MOST_IDS))
    return new Map(wanted.flatMap((id) => (accounts.get(id) ? [[id, accounts.get(id) as Account]] : [])))
  }

  async function freshCompany(id: string): Promise<Company | undefined> {
    try {
      const company = await bus.requests.ask(getCompany, { id }, { token: await actors.own() })
      companies.keep(id, company)
      return company
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') return undefined
      throw error
    }
  }

  return {
    accounts: accountsOf,
    people: async (ids) => {
      const known = await accountsOf(ids)
      return new Map(
        [...known.values()].map(({ id, name, companyId }) => [id, { id, name, staff: companyId === null }]),
      )
    },
    companyName: async (id) => (companies.get(id) ?? (await freshCompany(id)))?.name ?? '',
    freshCompany,
    staff: async () => {
      const { items } = await bus.requests.ask(
        listStaff,
        { roles: ['agent', 'finance', 'admin'] },
        { token: await actors.own() },
      )
      return items
    },
    freshAccount: async (id) => (await fetchAccounts([id]))[0],
  }
}

function createMemory<T>(now: () => number) {
  const kept = new Map<string, { value: T; until: number }>()
  return {
    get: (id: string): T | undefined => {
      const entry = kept.get(id)
      return entry && entry.until > now() ? entry.value : undefined
    },
    keep: (id: string, value: T): void => {
      if (kept.size >= MOST_REMEMBERED) kept.clear()
      kept.set(id, { value, until: now() + REMEMBERED_MS })
    },
  }
}
