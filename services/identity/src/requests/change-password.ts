import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { accessChanged, passwordChanged } from '@guichet/contracts/identity'
import type { changePassword } from '@guichet/contracts/own-account'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { newEvent, NO_ONE, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'
import { passwordFaults } from '../domain/password.ts'
import { ACCOUNT_AT_PLACE } from '../domain/throttle.ts'
import { openSession } from '../session.ts'

/**
 * Who has a session open does not yet know the password: a browser left open must not be enough (OWASP ASVS 5.0
 * 6.2.3), and guessing from it is slowed like guessing at the door.
 * @throws Failure wrong-password, weak-password, too-many-attempts
 */
export async function answerChangePassword(
  context: Context,
  { current, password, clientAddress, userAgent }: InputOf<typeof changePassword>,
  actor: AccountActor,
): Promise<OutputOf<typeof changePassword>> {
  const { accounts } = context.collections
  const { accountId } = actor
  await context.throttle.attempt(
    clientAddress,
    [{ key: `own-password:${accountId}`, patience: ACCOUNT_AT_PLACE }],
    async () => {
      const account = await accounts.get(accountId)
      const encoded = account?.value.status === 'active' ? account.value.passwordHash : null
      if (!(await context.passwords.matches(encoded, current)))
        throw new Failure('wrong-password', { fields: [{ path: 'current', code: 'wrong-password' }] })
    },
    (error) => error instanceof Failure && error.code === 'wrong-password',
  )
  const fields = passwordFaults(password)
  if (fields.length > 0) throw new Failure('weak-password', { fields })
  const passwordHash = await context.passwords.hash(password)
  const changed = await retryOnConflict(async () => {
    const stored = await accounts.get(accountId)
    if (!stored || stored.value.status !== 'active') throw new Failure('unauthenticated')
    const value = { ...stored.value, passwordHash, sessionEpoch: stored.value.sessionEpoch + 1 }
    const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
    const events = [newEvent(passwordChanged, { accountId }, facts)]
    const { version } = await accounts.commit({
      id: accountId,
      expectedVersion: stored.version,
      value,
      events,
    })
    return { id: accountId, version, value }
  })
  context.parts.bus.live.announce(accessChanged, { accountId }, NO_ONE)
  return await openSession(context, changed, { clientAddress, userAgent })
}
