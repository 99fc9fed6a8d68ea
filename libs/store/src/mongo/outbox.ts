/** Pending events wait in their document; relayed, they are copied to the history first and pulled by id after. */
import type { Collection, Db, Filter, MongoServerError } from 'mongodb'
import type { Outbox, PendingEvents, RecordedEvent } from '../store.ts'
import { collectionName } from './collection.ts'
import { readEvent, type HistoryRow, type MongoDocument } from './document.ts'

const DUPLICATE_KEY = 11_000

export function createMongoOutbox(
  db: Db,
  service: string,
  names: ReadonlySet<string>,
  wakes: Set<() => void>,
): Outbox {
  const documentsOf = (name: string) => db.collection<MongoDocument>(collectionName(service, name))
  const waiting: Filter<MongoDocument> = { 'pending.at': { $gt: '' } }

  return {
    onPending: (wake) => {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
    pending: async (limit) => {
      const found: PendingEvents[] = []
      for (const name of names) {
        if (found.length >= limit) break
        const rows = await documentsOf(name)
          .find(waiting, { projection: { pending: 1 } })
          .sort({ 'pending.at': 1 })
          .limit(limit - found.length)
          .toArray()
        found.push(
          ...rows.map(({ _id, pending }) => ({
            collection: name,
            documentId: _id,
            events: pending.map(({ envelope }) => readEvent(envelope)),
          })),
        )
      }
      return found
    },
    acknowledge: async ({ collection, documentId }, eventIds) => {
      const documents = documentsOf(collection)
      const row = await documents.findOne({ _id: documentId }, { projection: { pending: 1 } })
      const done = new Set(eventIds)
      const rows = (row?.pending ?? [])
        .filter(({ id }) => done.has(id))
        .map(({ id, version, n, envelope }): HistoryRow => ({
          _id: id,
          service,
          collection,
          doc: documentId,
          version,
          n,
          envelope,
        }))
      if (rows.length === 0) return
      await copyOnce(db, rows)
      await documents.updateOne({ _id: documentId }, { $pull: { pending: { id: { $in: [...eventIds] } } } })
    },
    oldestAge: async () => {
      let oldest = Infinity
      for (const name of names) {
        const row = await documentsOf(name)
          .find(waiting, { projection: { pending: 1 } })
          .sort({ 'pending.at': 1 })
          .limit(1)
          .next()
        if (row?.pending[0]) oldest = Math.min(oldest, Date.parse(row.pending[0].at))
      }
      return oldest === Infinity ? 0 : Math.max(0, Date.now() - oldest)
    },
  }
}

/** Two copies may relay the same events: the second finds them there. */
async function copyOnce(db: Db, rows: HistoryRow[]): Promise<void> {
  try {
    await db.collection<HistoryRow>('events').insertMany(rows, { ordered: false })
  } catch (error) {
    const code = (error as MongoServerError).code
    if (code !== DUPLICATE_KEY) throw error
  }
}

/** All of a service's events, each document's in order: collection by collection, document by document. */
export async function* recordedEvents(
  db: Db,
  service: string,
  names: ReadonlySet<string>,
  after?: string,
): AsyncGenerator<{ position: string; event: RecordedEvent }> {
  const [afterName = '', afterDoc = '', afterVersion = '0', afterN = '-1'] =
    after === undefined ? [] : (JSON.parse(after) as string[])
  for (const name of [...names].toSorted()) {
    if (name < afterName) continue
    const documents = db.collection<MongoDocument>(collectionName(service, name))
    const from = name === afterName ? { _id: { $gte: afterDoc } } : {}
    for await (const { _id: doc } of documents.find(from, { projection: { _id: 1 } }).sort({ _id: 1 })) {
      for (const { version, n, envelope } of await eventsOf(db, documents, name, doc)) {
        const told =
          name === afterName &&
          doc === afterDoc &&
          (version < Number(afterVersion) || (version === Number(afterVersion) && n <= Number(afterN)))
        if (!told)
          yield {
            position: JSON.stringify([name, doc, String(version), String(n)]),
            event: readEvent(envelope),
          }
      }
    }
  }
}

async function eventsOf(db: Db, documents: Collection<MongoDocument>, name: string, doc: string) {
  const row = await documents.findOne({ _id: doc }, { projection: { pending: 1 } })
  const past = await db
    .collection<HistoryRow>('events')
    .find({ collection: name, doc })
    .sort({ version: 1, n: 1 })
    .toArray()
  const told = new Set(past.map(({ _id }) => _id))
  return [...past, ...(row?.pending ?? []).filter(({ id }) => !told.has(id))]
}
