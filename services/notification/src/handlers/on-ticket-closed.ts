import { ticketClosed } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { onClosed } from '../domain/telling.ts'
import type { Context } from './context.ts'
import { tellOfChange } from './tell-of-change.ts'

export function onTicketClosedEvent(context: Context) {
  return on(ticketClosed, (change, event) => tellOfChange(context, change, event, onClosed))
}
