import { accountInvited, getLinkToken } from '@guichet/contracts/identity'
import { Failure } from '@guichet/contracts/failure'
import { on } from '@guichet/service'
import type { Context } from './context.ts'

/** The welcome mail, "To the portal". */
export function onAccountInvited({ parts, facts, tell }: Context) {
  return on(accountInvited, async ({ accountId, linkId }, event) => {
    const link = await linkToken(parts, linkId)
    // Used or replaced by a newer one, whose own event sends its own mail.
    if (!link) return
    await tell([{ accountId, notification: null, mail: 'welcome' }], await facts.accounts([accountId]), {
      event,
      who: '',
      ticket: null,
      subject: '',
      path: `/activation/${link.token}`,
      until: Temporal.Instant.from(link.expiresAt),
      secret: true,
    })
  })
}

export async function linkToken({ bus, actors }: Context['parts'], linkId: string) {
  try {
    return await bus.requests.ask(getLinkToken, { linkId }, { token: await actors.own() })
  } catch (error) {
    if (error instanceof Failure && error.code === 'token-gone') return undefined
    throw error
  }
}
