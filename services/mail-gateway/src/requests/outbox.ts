/** What went out, what waits, what was refused and in which words. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { getAccounts } from '@guichet/contracts/identity'
import type {
  getOutgoingMail,
  listOutbox,
  OutgoingMail,
  RenderedMail,
  resendMail,
} from '@guichet/contracts/mail'
import { retryOnConflict } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { StoredOutgoing } from '../collections.ts'
import { nowOf, type Context } from '../context.ts'
import type { Sender } from '../outbound/sender.ts'

async function shown({ parts }: Context, mails: readonly Stored<StoredOutgoing>[]): Promise<OutgoingMail[]> {
  const ids = [...new Set(mails.flatMap(({ value }) => value.accountId ?? []))]
  const { items } = await parts.bus.requests.ask(getAccounts, { ids }, { token: await parts.actors.own() })
  const emails = new Map(items.map(({ id, email }) => [id, email]))
  return mails.map(({ id, value }) => {
    const { kind, subject, status, answer, attempts, requestedAt, sentAt, ticket } = value
    const to = value.accountId === null ? (value.address ?? '—') : (emails.get(value.accountId) ?? '—')
    const waits = status === 'queued' && value.loginRefused === true ? { loginRefused: true as const } : {}
    return { id, kind, to, subject, status, answer, ...waits, attempts, requestedAt, sentAt, ticket }
  })
}

export async function answerListOutbox(
  context: Context,
  { ticket, limit, cursor }: InputOf<typeof listOutbox>,
): Promise<OutputOf<typeof listOutbox>> {
  const query =
    ticket === undefined
      ? ({ index: 'all', key: ['all'] } as const)
      : ({ index: 'ofTicket', key: [ticket] } as const)
  const page = await context.collections.outgoing.find({ ...query, limit, cursor })
  return { items: await shown(context, page.items), next: page.next }
}

export async function answerGetOutgoingMail(
  context: Context,
  { id }: InputOf<typeof getOutgoingMail>,
): Promise<OutputOf<typeof getOutgoingMail>> {
  const stored = await context.collections.outgoing.get(id)
  const [mail] = stored ? await shown(context, [stored]) : []
  if (!stored || !mail) throw new Failure('not-found')
  const { contentBlobId } = stored.value
  if (contentBlobId === null) return { ...mail, text: '', html: null }
  const bytes = await context.parts.store.blobs.read(contentBlobId)
  const { text, html } = JSON.parse(new TextDecoder().decode(bytes)) as RenderedMail
  return { ...mail, text, html }
}

/** @throws Failure mail-not-resendable for one that has left, or is on its way */
export async function answerResendMail(
  context: Context,
  sender: Sender,
  { id }: InputOf<typeof resendMail>,
): Promise<OutgoingMail> {
  const again = await retryOnConflict(async () => {
    const stored = await context.collections.outgoing.get(id)
    if (!stored) throw new Failure('not-found')
    const { status, contentBlobId } = stored.value
    if ((status !== 'failed' && status !== 'suppressed') || contentBlobId === null)
      throw new Failure('mail-not-resendable')
    const at = nowOf(context)
    const value = {
      ...stored.value,
      status: sender.hasRelay ? ('queued' as const) : ('kept' as const),
      answer: null,
      loginRefused: false,
      attempts: 0,
      requestedAt: at,
      nextAttemptAt: at,
    }
    const { version } = await context.collections.outgoing.commit({
      id,
      expectedVersion: stored.version,
      value,
    })
    return { id, version, value }
  })
  sender.wake()
  const [mail] = await shown(context, [again])
  if (!mail) throw new Failure('not-found')
  return mail
}
