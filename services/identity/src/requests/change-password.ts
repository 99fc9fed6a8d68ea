import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { accessChanged, passwordChanged } from '@guichet/contracts/identity'
import type { changePassword } from '@guichet/contracts/own-account'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { newEvent, NO_ONE, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'
import { passwordFaults } from '../domain/password.ts'
import { proveOwnPassword } from '../own-password.ts'
import { openSession } from '../session.ts'

/** @throws Failure wrong-password, weak-password, too-many-attempts */
export async function answerChangePassword(
  context: Context,
  { current, password, clientAddress, userAgent }: InputOf<typeof changePassword>,
  actor: AccountActor,
): Promise<OutputOf<typeof changePassword>> {
  const { accounts } = context.collections
  const { accountId } = actor
  await proveOwnPassword(context, accountId, { password: current, clientAddress, field: 'current' })
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
