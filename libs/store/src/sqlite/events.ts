/** The events table as its writers see it: a document's events in order, what waits for a broker, the whole record. */
import type { DatabaseSync } from 'node:sqlite'
import { MOST_PENDING, parseEventId, type record } from '../recorded.ts'
import { QueryRefused, StoreBusy, type RecordedEvent } from '../store.ts'
import { prepareWrite } from './database.ts'
import type { Signals } from './signals.ts'
import type { Tail } from './tail.ts'

export interface EventLog {
  /** @throws StoreBusy when so many more would wait for the broker. */
  requireRoom: (collection: string, id: string, more: number) => void
  /** Inside a transaction. */
  write: (
    service: string,
    collection: string,
    id: string,
    version: number,
    events: ReturnType<typeof record>,
  ) => void
  history: (collection: string, id: string, after?: string) => AsyncIterable<RecordedEvent>
  recorded: (service: string, after?: string) => AsyncIterable<{ position: string; event: RecordedEvent }>
}

const PAGE = 200

interface Row {
  seq: number
  version: number
  n: number
  envelope: string
}

/** Without `tail`, events go to another broker and wait for it; else the bus reads this very table. */
export function createEventLog(db: DatabaseSync, signals: Signals, tail: Tail | undefined): EventLog {
  const relay = tail === undefined
  const add = prepareWrite(
    db,
    'INSERT INTO events (service, collection, doc, version, n, subject, envelope, pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const countPending = db.prepare(
    'SELECT count(*) AS n FROM events WHERE collection = ? AND doc = ? AND pending = 1',
  )
  const ofDocument = db.prepare(
    `SELECT seq, version, n, envelope FROM events WHERE collection = ? AND doc = ? AND (version, n) > (?, ?)
     ORDER BY version, n LIMIT ${PAGE}`,
  )
  const ofService = db.prepare(
    `SELECT seq, version, n, envelope FROM events WHERE seq > ? AND service = ? ORDER BY seq LIMIT ${PAGE}`,
  )

  return {
    requireRoom: (collection, id, more) => {
      if (!relay) return
      const { n } = countPending.get(collection, id) as { n: number }
      if (n + more > MOST_PENDING)
        throw new StoreBusy(`${MOST_PENDING} events of ${collection} wait for the broker`)
    },
    write: (service, collection, id, version, events) => {
      if (events.length > 0) signals.touch(service)
      for (const { event, json, n } of events) {
        const { subject } = event
        const added = add.run(service, collection, id, version, n, subject, json, relay ? 1 : 0)
        tail?.note({ seq: Number(added.lastInsertRowid), subject, json })
      }
    },
    history: async function* (collection, id, after) {
      const start = after === undefined ? undefined : parseEventId(after)
      if (after !== undefined && (start?.collection !== collection || start.doc !== id))
        throw new QueryRefused('that event is not of this document')
      let [version, n] = [start?.version ?? 0, start?.n ?? -1]
      for (;;) {
        const rows = ofDocument.all(collection, id, version, n) as unknown as Row[]
        for (const row of rows) {
          ;({ version, n } = row)
          yield JSON.parse(row.envelope) as RecordedEvent
        }
        if (rows.length < PAGE) return
      }
    },
    recorded: async function* (service, after = '0') {
      if (!/^\d{1,15}$/.test(after)) throw new QueryRefused('that is no position of this record')
      let seq = Number(after)
      for (;;) {
        const rows = ofService.all(seq, service) as unknown as Row[]
        for (const row of rows) {
          seq = row.seq
          yield { position: String(seq), event: JSON.parse(row.envelope) as RecordedEvent }
        }
        if (rows.length < PAGE) return
      }
    },
  }
}
