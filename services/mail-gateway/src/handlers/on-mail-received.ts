import { mailReceived } from '@guichet/contracts/mail'
import { on } from '@guichet/service'
import type { Context } from '../context.ts'
import { processReceived } from '../process-mail.ts'

/** Our own event: a crash between the door and the decision ends here again. */
export function onMailReceived(context: Context) {
  return on(mailReceived, ({ mailId }) => context.lull.after(() => processReceived(context, mailId)))
}
