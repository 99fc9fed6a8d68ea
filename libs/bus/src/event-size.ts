import { MAX_EVENT_BYTES, type Envelope } from '@guichet/contracts/envelope'

/** @throws RangeError above 64 KB: facts and references travel, never bodies. */
export function encodeEvent(event: Envelope): string {
  const json = JSON.stringify(event)
  if (Buffer.byteLength(json) > MAX_EVENT_BYTES) {
    throw new RangeError(`${event.subject}: an event has ${MAX_EVENT_BYTES} bytes at most; refer to contents`)
  }
  return json
}
