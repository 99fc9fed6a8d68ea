/** Events that wait for another broker. Where the bus reads this very file, none ever does. */
import type { DatabaseSync } from 'node:sqlite'
import { parseEventId } from '../recorded.ts'
import type { Outbox, PendingEvents, RecordedEvent } from '../store.ts'
import { prepareWrite } from './database.ts'
import type { Writer } from './writer.ts'

export function createOutbox(
  db: DatabaseSync,
  writer: Writer,
  service: string,
  wakes: Set<() => void>,
): Outbox {
  const documents = db.prepare(
    `SELECT collection, doc, min(seq) AS first FROM events WHERE service = ? AND pending = 1 GROUP BY collection, doc ORDER BY first LIMIT ?`,
  )
  const events = db.prepare(
    'SELECT envelope FROM events WHERE collection = ? AND doc = ? AND pending = 1 ORDER BY version, n LIMIT 200',
  )
  const done = prepareWrite(
    db,
    'UPDATE events SET pending = 0 WHERE collection = ? AND doc = ? AND version = ? AND n = ?',
  )
  const oldest = db.prepare(
    `SELECT json_extract(envelope, '$.occurredAt') AS at FROM events WHERE service = ? AND pending = 1 ORDER BY seq LIMIT 1`,
  )

  return {
    onPending: (wake) => {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
    pending: (limit) => {
      const rows = documents.all(service, limit) as unknown as { collection: string; doc: string }[]
      return Promise.resolve(
        rows.map(({ collection, doc }): PendingEvents => {
          const waiting = events.all(collection, doc) as unknown as { envelope: string }[]
          return {
            collection,
            documentId: doc,
            events: waiting.map(({ envelope }) => JSON.parse(envelope) as RecordedEvent),
          }
        }),
      )
    },
    acknowledge: async (_pending, eventIds) => {
      await writer.write(() => {
        for (const id of eventIds) {
          const event = parseEventId(id)
          if (event) done.run(event.collection, event.doc, event.version, event.n)
        }
      })
    },
    oldestAge: () => {
      const row = oldest.get(service) as { at: string } | undefined
      return Promise.resolve(row ? Math.max(0, Date.now() - Date.parse(row.at)) : 0)
    },
  }
}
