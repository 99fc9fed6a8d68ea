/** What the suite stores, and the collections it stores it in: each of a name that no other test uses. */
import type { Collection, NewEvent, RecordedEvent, StoreEngine } from '../store.ts'

export interface SuitePlace {
  engine: StoreEngine
  reopen: () => Promise<StoreEngine>
  close: () => Promise<void>
}

export interface Thing {
  title: string
  owner: string
  people: string[]
  rank: number
}
export type Things = Collection<Thing, 'byOwner' | 'byPerson'>

export const thing = (over: Partial<Thing> = {}): Thing => ({
  title: 'Imprimante',
  owner: 'anne',
  people: [],
  rank: 1,
  ...over,
})
export const event = (subject: string, data: unknown = {}): NewEvent => ({
  subject,
  version: 1,
  occurredAt: '2026-11-24T10:00:00.000Z',
  actor: { kind: 'service', service: 'suite' },
  audience: { accounts: [], staff: false },
  data,
})

/** How a rank sorts under its owner. */
export const sortOf = (rank: number) => String(rank).padStart(6, '0')

let names = 0
/** On a server that other runs may share. */
export const newName = (what: string) => `${what}-${process.pid}-${++names}`

export function collectionOf(
  engine: StoreEngine,
  name = newName('things'),
  revision = 1,
  people = true,
): Things {
  return engine.service('suite').collection<Thing, 'byOwner' | 'byPerson'>({
    name,
    indexRevision: revision,
    indexes: {
      byOwner: { keys: ({ owner }) => [[owner]], sort: ({ rank }) => sortOf(rank) },
      byPerson: { keys: (value) => (people ? value.people.map((person) => [person]) : [[value.owner]]) },
    },
    search: {
      words: ({ title }, id) => `#${id} ${title}`,
      tags: ({ owner, people: all }) => [`owner:${owner}`, ...all.map((each) => `person:${each}`)],
    },
  })
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}
export const ids = (events: readonly RecordedEvent[]) => events.map(({ id }) => id)

/** What the rooms of the suite share: one open place, and one collection of it. */
export interface Stage {
  place: SuitePlace
  things: Things
}
