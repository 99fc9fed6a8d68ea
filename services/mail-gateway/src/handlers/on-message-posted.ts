import { messagePosted } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import type { Context } from '../context.ts'
import { settleRow } from './settle-row.ts'

export function onMessagePosted(context: Context) {
  return on(messagePosted, async ({ mailId, number }) => {
    if (mailId !== null) await settleRow(context, mailId, 'threaded', number)
  })
}
