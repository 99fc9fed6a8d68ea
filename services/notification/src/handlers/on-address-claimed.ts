import { addressClaimed } from '@guichet/contracts/own-account'
import { on } from '@guichet/service'
import type { Context } from './context.ts'
import { linkToken } from './on-account-invited.ts'

/** To the address itself: who reads it there confirms that it is theirs. */
export function onAddressClaimed({ parts, facts, tell }: Context) {
  return on(addressClaimed, async ({ accountId, linkId, address }, event) => {
    const link = await linkToken(parts, linkId)
    if (!link) return
    await tell(
      [{ accountId, notification: null, mail: 'confirm-address' }],
      await facts.accounts([accountId]),
      {
        event,
        who: '',
        ticket: null,
        subject: '',
        path: `/addresses/${link.token}`,
        address,
        until: Temporal.Instant.from(link.expiresAt),
        secret: true,
      },
    )
  })
}
