/**
 * RESET_SECOND_FACTOR_OF: for the house whose only admin has lost telephone and recovery codes. Whoever may set it has
 * the store and its keys in hand anyway; the person is told by mail, and the audit log tells.
 */
import { Failure } from '@guichet/contracts/failure'
import type { Context } from './context.ts'
import { takeAwaySecondFactor } from './requests/second-factor.ts'
import { accountOf } from './requests/sign-in.ts'

export async function resetAtStart(context: Context): Promise<void> {
  const { config, log } = context.parts
  const { RESET_SECOND_FACTOR_OF: login } = config
  if (!login) return
  const account = await accountOf(context, login)
  try {
    if (!account) throw new Failure('not-found')
    await takeAwaySecondFactor(context, account.id, { kind: 'service', service: 'identity' })
    log.warn({}, 'RESET_SECOND_FACTOR_OF: the second factor is taken away; unset it now')
  } catch (error) {
    // Another copy was first, an earlier start, or nobody has this address: no reason not to start.
    if (!(error instanceof Failure)) throw error
    log.warn({ code: error.code }, 'RESET_SECOND_FACTOR_OF: nothing to take away; unset it')
  }
}
