import { secondFactorChanged } from '@guichet/contracts/second-factor'
import type { DataOf } from '@guichet/contracts/definition'
import { on } from '@guichet/service'
import type { MailKind } from '../domain/telling.ts'
import type { Context } from './context.ts'

const MAILS: Record<DataOf<typeof secondFactorChanged>['change'], MailKind> = {
  on: 'second-factor-on',
  off: 'second-factor-off',
  reset: 'second-factor-reset',
  'recovery-code-used': 'recovery-code-used',
  'recovery-codes-renewed': 'recovery-codes-renewed',
  'codes-refused': 'codes-refused',
}

/** Whoever did not do it learns of it (OWASP ASVS 5.0 6.3.7). */
export function onSecondFactorChanged({ parts, facts, tell }: Context) {
  return on(secondFactorChanged, async ({ accountId, change, recoveryCodesLeft }, event) => {
    await tell([{ accountId, notification: null, mail: MAILS[change] }], await facts.accounts([accountId]), {
      event,
      // The house itself, where whoever runs it did it.
      who: event.actor.kind === 'account' ? event.actor.name : parts.config.BRAND,
      ticket: null,
      subject: '',
      path: change === 'codes-refused' ? '/account/password' : '/account/second-factor',
      codesLeft: recoveryCodesLeft,
    })
  })
}
