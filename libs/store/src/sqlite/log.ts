/** The events table as the bus reads it: one log, in the order of the commits. */
import type { Envelope } from '@guichet/contracts/envelope'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { parseEventId } from '../recorded.ts'
import { prepareWrite } from './database.ts'
import type { Signals } from './signals.ts'
import type { Tail } from './tail.ts'
import type { Writer } from './writer.ts'

export interface LoggedEvent {
  seq: number
  envelope: Envelope
}

/** 0 when empty. */
export function lastSeqOf(db: DatabaseSync): number {
  return (db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM events').get() as { seq: number }).seq
}

export interface SqliteLog {
  /** Events with these subjects after `afterSeq`, in order. */
  read(afterSeq: number, limit: number, subjects: readonly string[]): LoggedEvent[]
  /** 0 when empty. */
  lastSeq(): number
  /** How many events with these subjects come after. */
  countAfter(afterSeq: number, subjects: readonly string[]): number
  /** Calls back after each write that added events. */
  onAppend(wake: () => void): () => void
  cursors: {
    load(consumer: string): number | undefined
    /** Durable with the next write; at-least-once needs no more. */
    save(consumer: string, seq: number): Promise<void>
  }
  /** Publishes what no commit of this store recorded; an id that is there already is not added again. */
  append(envelopes: readonly Envelope[]): Promise<void>
}

/** `tail`: where the bus reads this log, its end is in memory. */
export function createLog(
  db: DatabaseSync,
  writer: Writer,
  signals: Signals,
  tail: Tail | undefined,
): SqliteLog {
  const load = db.prepare('SELECT seq FROM cursors WHERE consumer = ?')
  const save = prepareWrite(
    db,
    'INSERT INTO cursors (consumer, seq) VALUES (?, ?) ON CONFLICT (consumer) DO UPDATE SET seq = excluded.seq',
  )
  const append = prepareWrite(
    db,
    `INSERT INTO events (service, collection, doc, version, n, subject, envelope, pending) VALUES ('', ?, ?, ?, ?, ?, ?, 0)
     ON CONFLICT DO NOTHING`,
  )
  const count = db.prepare(
    'SELECT count(*) AS n FROM events WHERE subject IN (SELECT value FROM json_each(?)) AND seq > ?',
  )
  const read = ({ seq, envelope }: { seq: number; envelope: string }): LoggedEvent => ({
    seq,
    // Each reader its own: a handler that changed it would change it for others.
    envelope: JSON.parse(envelope) as Envelope,
  })
  const readers = new Map<number, StatementSync>()

  /**
   * One walk of `events_of_subject` per subject, merged: what a consumer does not want costs it nothing. (An `IN`
   * would either sort all that is left, or read every event since the consumer's last.)
   */
  function readerFor(subjects: number): StatementSync {
    const known = readers.get(subjects)
    if (known) return known
    const walks = Array.from(
      { length: subjects },
      (_, index) => `SELECT seq, envelope FROM events WHERE subject = ?${index + 3} AND seq > ?1`,
    )
    const reader = db.prepare(`${walks.join(' UNION ALL ')} ORDER BY seq LIMIT ?2`)
    readers.set(subjects, reader)
    return reader
  }

  return {
    read: (afterSeq, limit, subjects) => {
      const wanted = [...new Set(subjects)]
      if (wanted.length === 0) return []
      const recent = tail?.after(afterSeq, limit, new Set(wanted))
      if (recent) return recent.map(({ seq, json }) => read({ seq, envelope: json }))
      const rows = readerFor(wanted.length).all(afterSeq, limit, ...wanted) as unknown as {
        seq: number
        envelope: string
      }[]
      return rows.map(read)
    },
    lastSeq: () => tail?.lastSeq() ?? lastSeqOf(db),
    countAfter: (afterSeq, subjects) => (count.get(JSON.stringify(subjects), afterSeq) as { n: number }).n,
    onAppend: signals.onAppend,
    cursors: {
      load: (consumer) => (load.get(consumer) as { seq: number } | undefined)?.seq,
      save: async (consumer, seq) => {
        await writer.write(() => save.run(consumer, seq))
      },
    },
    append: async (envelopes) => {
      await writer.write(() => {
        for (const envelope of envelopes) {
          const { collection, doc, version, n } = parseEventId(envelope.id) ?? {
            collection: '',
            doc: envelope.id,
            version: 0,
            n: 0,
          }
          const json = JSON.stringify(envelope)
          const { subject } = envelope
          const added = append.run(collection, doc, version, n, subject, json)
          if (Number(added.changes) === 1) tail?.note({ seq: Number(added.lastInsertRowid), subject, json })
        }
        signals.touch('')
      })
    },
  }
}
