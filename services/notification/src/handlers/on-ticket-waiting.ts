import { ticketWaiting } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { onWaiting } from '../domain/telling.ts'
import type { Context } from './context.ts'
import { tellOfChange } from './tell-of-change.ts'

export function onTicketWaitingEvent(context: Context) {
  return on(ticketWaiting, (change, event) => tellOfChange(context, change, event, onWaiting))
}
