import { idFromKey } from '@guichet/contracts/values/id'

/**
 * The id of the one document that is an event's effect: the same event gives the same id, so handling it twice finds
 * the first effect. `receiver` where one event has an effect for each of several people or channels.
 */
export function effectId(eventId: string, receiver = ''): string {
  return idFromKey(receiver, eventId)
}
