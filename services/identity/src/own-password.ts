/**
 * Who has a session open does not yet know the password: a browser left open must not be enough (OWASP ASVS 5.0
 * 6.2.3), and guessing from it is slowed like guessing at the door.
 */
import { Failure } from '@guichet/contracts/failure'
import type { Context } from './context.ts'
import { ACCOUNT_AT_PLACE } from './domain/throttle.ts'

/** @throws Failure wrong-password at this field, too-many-attempts */
export async function proveOwnPassword(
  context: Context,
  accountId: string,
  given: { password: string; clientAddress: string; field: string },
): Promise<void> {
  await context.throttle.attempt(
    given.clientAddress,
    [{ key: `own-password:${accountId}`, patience: ACCOUNT_AT_PLACE }],
    async () => {
      const account = await context.collections.accounts.get(accountId)
      const encoded = account?.value.status === 'active' ? account.value.passwordHash : null
      if (!(await context.passwords.matches(encoded, given.password)))
        throw new Failure('wrong-password', { fields: [{ path: given.field, code: 'wrong-password' }] })
    },
    (error) => error instanceof Failure && error.code === 'wrong-password',
  )
}
