import { ticketReopened } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { onReopened } from '../domain/telling.ts'
import type { Context } from './context.ts'
import { tellOfChange } from './tell-of-change.ts'

export function onTicketReopenedEvent(context: Context) {
  return on(ticketReopened, (change, event) => tellOfChange(context, change, event, onReopened))
}
