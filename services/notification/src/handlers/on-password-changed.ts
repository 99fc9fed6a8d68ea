import { passwordChanged } from '@guichet/contracts/identity'
import { on } from '@guichet/service'
import type { Context } from './context.ts'

/** Whoever did not change it learns of it (OWASP ASVS 5.0 6.3.7). */
export function onPasswordChanged({ facts, tell }: Context) {
  return on(passwordChanged, async ({ accountId }, event) => {
    await tell(
      [{ accountId, notification: null, mail: 'password-changed' }],
      await facts.accounts([accountId]),
      { event, who: '', ticket: null, subject: '', path: '/password-resets' },
    )
  })
}
