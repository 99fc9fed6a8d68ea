import { passwordResetRequested } from '@guichet/contracts/identity'
import { on } from '@guichet/service'
import type { Context } from './context.ts'
import { linkToken } from './on-account-invited.ts'

export function onPasswordResetRequested({ parts, facts, tell }: Context) {
  return on(passwordResetRequested, async ({ accountId, linkId }, event) => {
    const link = await linkToken(parts, linkId)
    if (!link) return
    await tell(
      [{ accountId, notification: null, mail: 'password-reset' }],
      await facts.accounts([accountId]),
      {
        event,
        who: '',
        ticket: null,
        subject: '',
        path: `/password-resets/${link.token}`,
        until: Temporal.Instant.from(link.expiresAt),
        secret: true,
      },
    )
  })
}
