import { ticketAssigned } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { onAssigned } from '../domain/telling.ts'
import type { Context } from './context.ts'
import { tellOfChange } from './tell-of-change.ts'

export function onTicketAssignedEvent(context: Context) {
  return on(ticketAssigned, (change, event) => tellOfChange(context, change, event, onAssigned))
}
