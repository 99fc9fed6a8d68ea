import { ticketAccepted } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { onAccepted } from '../domain/telling.ts'
import type { Context } from './context.ts'
import { tellOfChange } from './tell-of-change.ts'

export function onTicketAcceptedEvent(context: Context) {
  return on(ticketAccepted, (change, event) => tellOfChange(context, change, event, onAccepted))
}
