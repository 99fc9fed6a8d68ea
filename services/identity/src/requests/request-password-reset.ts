import { randomInt } from 'node:crypto'
import type { InputOf } from '@guichet/contracts/definition'
import { passwordResetRequested, type requestPasswordReset } from '@guichet/contracts/identity'
import { newEvent, NO_ONE, retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { actorOf } from '../domain/account.ts'
import { MAILBOX, PLACE } from '../domain/throttle.ts'
import { createLink } from '../links.ts'
import { accountOf } from './sign-in.ts'

/** The work starts after the answer has gone, at no time that tells of it. */
const STARTS_AFTER_MS = [100, 1000] as const

/**
 * Answers the same, after the same work, whether the address is known or not. A mailbox that was asked for too often
 * gets no further mail for a while, and the asker is not told: whoever knows an address could flood it, or learn of it.
 * @throws Failure too-many-attempts, by the asker's place alone
 */
export function answerRequestPasswordReset(
  context: Context,
  { email, clientAddress }: InputOf<typeof requestPasswordReset>,
): void {
  const { throttle, parts } = context
  throttle.spend({ key: `reset-place:${clientAddress}`, patience: PLACE })
  if (!throttle.allows({ key: `reset:${email.trim().toLowerCase()}`, patience: MAILBOX })) return
  parts.clock.after(randomInt(...STARTS_AFTER_MS), () => {
    mailLink(context, email).catch((error: unknown) =>
      parts.log.error({ err: error }, 'a password reset could not be prepared'),
    )
  })
}

async function mailLink(context: Context, email: string): Promise<void> {
  const known = await accountOf(context, email)
  if (known?.value.status !== 'active') return
  const linkId = await createLink(context, known.id, 'password-reset')
  await retryOnConflict(async () => {
    const account = await context.collections.accounts.get(known.id)
    if (!account) return
    const facts = {
      actor: actorOf(account.id, account.value),
      audience: NO_ONE,
      at: context.parts.clock.now(),
    }
    await context.collections.accounts.commit({
      id: account.id,
      expectedVersion: account.version,
      value: account.value,
      events: [newEvent(passwordResetRequested, { accountId: account.id, linkId }, facts)],
    })
  })
}
