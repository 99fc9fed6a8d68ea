/** Whose line of a table it is: a client by its numbers and its name, one and no other. Pure. */
import { folded } from '@guichet/contracts/values/table'

export interface RegisteredClient {
  id: string
  name: string
  legalName: string | null
  vatNumber: string | null
  enterpriseNumber: string | null
}

export type ClientColumn = 'client' | 'vatNumber' | 'enterpriseNumber'

export type Found<C> = { client: C } | { column: ClientColumn; code: string }

/** One spelling for both numbers: in Belgium the VAT number is `BE` and the enterprise number, once of nine digits. */
export function clientNumber(written: string): string {
  const compact = written.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const belgian = /^(?:BE)?(\d{9,10})$/.exec(compact)?.[1]
  return belgian === undefined ? compact : belgian.padStart(10, '0')
}

/** Told from a name that has figures in it, like `Garage 2000`. */
const looksLikeNumber = (text: string) => /^[A-Z]{2}[A-Z0-9]*\d{7,}$|^\d{9,10}$/i.test(clientNumber(text))

export type ClientRegister<C> = (given: Readonly<Record<ClientColumn, string>>) => Found<C>

/** Read once for all lines of a table. */
export function clientRegister<C extends RegisteredClient>(clients: readonly C[]): ClientRegister<C> {
  const exact = indexed(clients, ({ id, name, legalName }) => [id, name, legalName])
  const alike = indexed(clients, ({ name, legalName }) => [name, legalName ?? ''].map(folded))
  const numbers = indexed(clients, ({ vatNumber, enterpriseNumber }) =>
    [vatNumber, enterpriseNumber].map((own) => own && clientNumber(own)),
  )
  const byNumber = (text: string) => numbers.get(clientNumber(text)) ?? []
  /** As it is written here, else without regard to case, accents and signs. */
  const byName = (text: string): readonly C[] => {
    const named = exact.get(text) ?? alike.get(folded(text))
    return named ?? (looksLikeNumber(text) ? byNumber(text) : [])
  }
  return (given) => {
    const named = byName(given.client)
    const numbered = (['enterpriseNumber', 'vatNumber'] as const).filter((column) => given[column] !== '')
    const [column] = numbered
    if (column === undefined)
      return given.client === '' ? { column: 'client', code: 'cell-missing' } : only(named, 'client')
    const fitting = numbered
      .map((each) => byNumber(given[each]))
      .reduce((all, some) => all.filter((client) => some.includes(client)))
    if (fitting.length === 0) {
      // Registered here without any number: its name says who it is.
      const unnumbered = named.filter((client) => !client.vatNumber && !client.enterpriseNumber)
      return unnumbered.length === 0 ? { column, code: 'client-unknown' } : only(unnumbered, 'client')
    }
    if (named.length === 0) return only(fitting, column)
    const both = fitting.filter((client) => named.includes(client))
    return both.length === 0 ? { column: 'client', code: 'client-contradicts-number' } : only(both, column)
  }
}

/** By each of its keys, none of them empty; a client once under each. */
function indexed<C>(clients: readonly C[], keysOf: (client: C) => (string | null)[]): Map<string, C[]> {
  const found = new Map<string, C[]>()
  for (const client of clients)
    for (const key of new Set(keysOf(client))) {
      if (!key) continue
      const under = found.get(key)
      if (under) under.push(client)
      else found.set(key, [client])
    }
  return found
}

function only<C>(clients: readonly C[], column: ClientColumn): Found<C> {
  const [client, ...others] = clients
  if (client === undefined) return { column, code: 'client-unknown' }
  return others.length > 0 ? { column, code: 'client-ambiguous' } : { client }
}
