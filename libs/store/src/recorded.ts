/** How an event of a commit becomes a recorded one; the same for both engines. */
import { MAX_EVENT_BYTES } from '@guichet/contracts/envelope'
import { EventTooLarge, type NewEvent, type RecordedEvent } from './store.ts'

export function eventId(collection: string, id: string, version: number, n: number): string {
  return `${collection}/${id}@${version}.${n}`
}

/** `<collection>/<id>@<version>.<n>`, apart again; the id may hold any of these characters itself. */
export function parseEventId(
  id: string,
): { collection: string; doc: string; version: number; n: number } | undefined {
  const match = /^([^/]+)\/(.+)@(\d+)\.(\d+)$/s.exec(id)
  return match
    ? { collection: match[1] ?? '', doc: match[2] ?? '', version: Number(match[3]), n: Number(match[4]) }
    : undefined
}

/** More than this of one document never wait for the broker, so no commit may bring more. */
export const MOST_PENDING = 200

/** @throws EventTooLarge */
export function record(collection: string, id: string, version: number, events: readonly NewEvent[]) {
  if (events.length > MOST_PENDING) throw new EventTooLarge(`${MOST_PENDING} events of one commit at most`)
  return events.map((event, n): { event: RecordedEvent; json: string; n: number } => {
    const recorded: RecordedEvent = { id: eventId(collection, id, version, n), key: id, ...event }
    const json = JSON.stringify(recorded)
    if (Buffer.byteLength(json) > MAX_EVENT_BYTES) {
      throw new EventTooLarge(`${event.subject}: ${MAX_EVENT_BYTES} bytes at most; refer to contents`)
    }
    return { event: recorded, json, n }
  })
}
