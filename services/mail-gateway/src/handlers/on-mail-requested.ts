/** A mail is due: it is queued once, however often the event comes; without a relay it is kept and readable. */
import type { RenderedMail } from '@guichet/contracts/mail'
import { mailRequested } from '@guichet/contracts/notification'
import { on } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import { currentTrace } from '@guichet/telemetry'
import { nowOf, type Context } from '../context.ts'
import type { Sender } from '../outbound/sender.ts'

export function onMailRequested(context: Context, sender: Sender) {
  return on(mailRequested, async ({ mailId, ...requested }) => {
    if (await context.collections.outgoing.get(mailId)) return
    const bytes = await context.parts.store.blobs.read(requested.contentBlobId)
    const { subject } = JSON.parse(new TextDecoder().decode(bytes)) as RenderedMail
    const at = nowOf(context)
    const trace = currentTrace()
    const value = {
      ...requested,
      subject,
      status: sender.hasRelay ? ('queued' as const) : ('kept' as const),
      answer: null,
      attempts: 0,
      requestedAt: at,
      nextAttemptAt: at,
      sentAt: null,
      ...(trace ? { trace } : {}),
    }
    try {
      await context.collections.outgoing.commit({ id: mailId, expectedVersion: 0, value })
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error
    }
    sender.wake()
  })
}
