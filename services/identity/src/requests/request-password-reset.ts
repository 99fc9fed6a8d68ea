import type { InputOf } from '@guichet/contracts/definition'
import { passwordResetRequested, type requestPasswordReset } from '@guichet/contracts/identity'
import { newEvent, NO_ONE, retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { actorOf } from '../domain/account.ts'
import { createLink } from '../links.ts'
import { accountOf } from './sign-in.ts'

/** Answers the same whether the address is known or not; what follows happens after the answer. */
export function answerRequestPasswordReset(
  context: Context,
  { email, clientAddress }: InputOf<typeof requestPasswordReset>,
): void {
  const keys = [`reset:${clientAddress}`, `reset:${email.trim().toLowerCase()}`]
  context.throttle.admit(keys)
  // Every request counts: a mailbox is not to be flooded by whoever knows its address.
  context.throttle.failed(keys)
  void mailLink(context, email).catch((error: unknown) =>
    context.parts.log.error({ err: error }, 'a password reset could not be prepared'),
  )
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
