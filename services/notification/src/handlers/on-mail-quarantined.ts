import { mailQuarantined } from '@guichet/contracts/mail'
import { on } from '@guichet/service'
import { onQuarantined } from '../domain/telling.ts'
import type { Context } from './context.ts'

/** Staff see what opened nothing, so that they can register the sender and replay it; a proven sender is told so. */
export function onMailQuarantined({ facts, tell, tellStranger }: Context) {
  return on(mailQuarantined, async ({ notify }, event) => {
    const tellings = onQuarantined(await facts.counter(event.occurredAt))
    const accounts = await facts.accounts(tellings.map(({ accountId }) => accountId))
    await tell(tellings, accounts, { event, who: '', ticket: null, subject: '', path: '/mail/quarantine' })
    if (notify !== undefined) await tellStranger(notify, event)
  })
}
