/** Events that wait for another broker. Where the bus reads this very file, none ever does. */
import type { DatabaseSync } from 'node:sqlite'
import { MOST_PENDING, parseEventId } from '../recorded.ts'
import type { Outbox, PendingEvents, RecordedEvent } from '../store.ts'
import { prepareWrite } from './database.ts'
import type { Signals } from './signals.ts'
import type { Writer } from './writer.ts'

interface Row {
  collection: string
  doc: string
  envelope: string
}

export function createOutbox(db: DatabaseSync, writer: Writer, service: string, signals: Signals): Outbox {
  // The oldest events first: a document's come in its own order, and a long queue is never read whole.
  const oldest = db.prepare(
    'SELECT collection, doc, envelope FROM events WHERE service = ? AND pending = 1 ORDER BY seq LIMIT ?',
  )
  const done = prepareWrite(
    db,
    'UPDATE events SET pending = 0 WHERE collection = ? AND doc = ? AND version = ? AND n = ?',
  )

  return {
    onPending: (wake) => signals.onPending(service, wake),
    pending: async (limit) => {
      const rows = oldest.all(service, limit * 2 + MOST_PENDING) as unknown as Row[]
      const byDocument = new Map<string, PendingEvents>()
      for (const { collection, doc, envelope } of rows) {
        const key = `${collection}/${doc}`
        const known = byDocument.get(key)
        if (!known && byDocument.size >= limit) continue
        const pending = known ?? { collection, documentId: doc, events: [] }
        byDocument.set(key, pending)
        pending.events.push(JSON.parse(envelope) as RecordedEvent)
      }
      return [...byDocument.values()]
    },
    acknowledge: async (_pending, eventIds) => {
      await writer.write(() => {
        for (const id of eventIds) {
          const event = parseEventId(id)
          if (event) done.run(event.collection, event.doc, event.version, event.n)
        }
      })
    },
    oldestAge: async () => {
      const row = oldest.get(service, 1) as Row | undefined
      if (!row) return 0
      const { occurredAt } = JSON.parse(row.envelope) as RecordedEvent
      return Math.max(0, Date.now() - Date.parse(occurredAt))
    },
  }
}
