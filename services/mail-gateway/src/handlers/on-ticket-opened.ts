import { ticketOpened } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import type { Context } from '../context.ts'
import { settleRow } from './settle-row.ts'

export function onTicketOpened(context: Context) {
  return on(ticketOpened, async ({ mailId, number }) => {
    if (mailId !== null) await settleRow(context, mailId, 'ticketed', number)
  })
}
