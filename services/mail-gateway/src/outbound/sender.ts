/** The durable queue's other end: takes what is due, claims it, hands it to the relay, writes down what came of it. */
import { mailFailed, mailSent, type RenderedMail } from '@guichet/contracts/mail'
import { newEvent, STAFF_ONLY, type Door } from '@guichet/service'
import { VersionConflict, type NewEvent, type Stored } from '@guichet/store'
import { withSpan, type ActiveSpan } from '@guichet/telemetry'
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer'
import type { AccessTokens } from '../access-tokens.ts'
import type { StoredOutgoing } from '../collections.ts'
import { messageIdDomain, nowOf, SELF, threadKey, type Context } from '../context.ts'
import { rememberThread } from '../handlers/settle-row.ts'
import { compose, messageIdOf, type House } from './compose.ts'
import { isLoginRefused, relayLogin } from './relay-login.ts'
import { refusedSignIns } from '../refused-sign-ins.ts'
import { receiverOf } from './receiver.ts'
import { afterRefusal, holdSeconds, isOfTheRelay, type Refusal } from './retry.ts'
import { spanOf } from './sending-span.ts'

const AT_ONCE = 4
/** A copy that died while sending lets go of the mail after this; the repeat bears the same Message-ID. */
const CLAIM_SECONDS = 120
const ANSWER_WITHIN_MS = 60_000
const LOOK_AGAIN_MS = 5000
/** Beside the first: enough for every client, short enough for every header limit. */
const NEWEST_REFERENCES = 9

export interface Sender extends Door {
  readonly hasRelay: boolean
  wake: () => void
}

/** RFC 6376: over the headers that say who and what, by the domain that people see. */
function signing({
  MAIL_DKIM_KEY: privateKey,
  MAIL_DKIM_SELECTOR: keySelector,
  SUPPORT_ADDRESS,
}: Context['parts']['config']) {
  const domainName = SUPPORT_ADDRESS.split('@')[1] ?? ''
  return privateKey === undefined ? {} : { dkim: { domainName, keySelector, privateKey } }
}

export function createSender(context: Context, tokens: AccessTokens | null): Sender {
  const { config, clock, log } = context.parts
  const url = config.SMTP_RELAY_URL
  const house: House = {
    brand: config.BRAND,
    supportAddress: config.SUPPORT_ADDRESS,
    messageIdDomain: messageIdDomain(context),
    key: threadKey(context),
  }
  const countRefused = url === undefined ? null : refusedSignIns(context, 'relay')
  let transport: Transporter | undefined
  let stopping = false
  let working: Promise<void> | undefined
  let again = false
  let cancelLook = () => {}
  /** Refused by the relay itself so often in a row, and until when the queue waits for it. */
  let relayRefused = 0
  let heldUntil: Temporal.Instant | undefined

  function wake(): void {
    if (!url || stopping || !transport) return
    again = true
    working ??= work().finally(() => {
      working = undefined
      if (again && !stopping) wake()
    })
  }

  async function work(): Promise<void> {
    cancelLook()
    try {
      while (again && !stopping) {
        again = false
        await sendDue()
      }
    } catch (error) {
      log.warn({ err: error }, 'the outgoing queue cannot be read; it is tried again')
    }
    cancelLook = clock.after(LOOK_AGAIN_MS, wake)
  }

  const isHeld = () => heldUntil !== undefined && Temporal.Instant.compare(clock.now(), heldUntil) < 0

  async function sendDue(): Promise<void> {
    while (!isHeld()) {
      const { items } = await context.collections.outgoing.find({
        index: 'due',
        key: ['queued'],
        order: 'asc',
        limit: 50,
      })
      const due = items.filter(({ value }) => value.nextAttemptAt <= nowOf(context))
      if (due.length === 0 || stopping) return
      const lanes = Array.from({ length: AT_ONCE }, async () => {
        for (let mail = due.shift(); mail && !stopping && !isHeld(); mail = due.shift()) await sendOne(mail)
      })
      await Promise.all(lanes)
    }
  }

  /** Claimed by a commit: of two copies one sends. */
  async function sendOne(mail: Stored<StoredOutgoing>): Promise<void> {
    const nextAttemptAt = clock
      .now()
      .add({ seconds: CLAIM_SECONDS })
      .toString({ smallestUnit: 'millisecond' })
    const claimed = { ...mail.value, attempts: mail.value.attempts + 1, nextAttemptAt }
    try {
      const { version } = await context.collections.outgoing.commit({
        id: mail.id,
        expectedVersion: mail.version,
        value: claimed,
      })
      const due = { id: mail.id, version, value: claimed }
      await withSpan('send mail', spanOf(claimed, clock.now()), (span) => attempt(due, span))
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error
    }
  }

  async function attempt(mail: Stored<StoredOutgoing>, span: ActiveSpan): Promise<void> {
    try {
      const receiver = await receiverOf(mail.value, context)
      if (!receiver) return await finish(mail, { status: 'suppressed', answer: null }, [])
      const options = await composed(mail, receiver)
      // Before it leaves: an answer must find its ticket even if we die while the relay says yes.
      if (mail.value.ticket !== null)
        await rememberThread(context, messageIdOf(mail.id, house), mail.value.ticket)
      if (!transport) return
      const { response } = (await transport.sendMail(options)) as { response?: string }
      relayRefused = 0
      await finish(mail, { status: 'sent', answer: response ?? null, sentAt: nowOf(context) }, [
        newEvent(
          mailSent,
          { outgoingId: mail.id, ticket: mail.value.ticket, accountId: mail.value.accountId },
          facts(),
        ),
      ])
      await eraseSecret(mail.value)
    } catch (error) {
      if (error instanceof VersionConflict) throw error
      const { responseCode: code } = error as { responseCode?: number }
      span.fail(code === undefined ? 'unreachable' : String(code))
      await refused(mail, error)
    }
  }

  const facts = () => ({ actor: SELF, audience: STAFF_ONLY, at: clock.now() })

  async function finish(
    mail: Stored<StoredOutgoing>,
    change: Partial<StoredOutgoing>,
    events: NewEvent[],
  ): Promise<void> {
    const value = {
      ...mail.value,
      ...change,
      ...(mail.value.secret && change.status === 'sent' ? { contentBlobId: null } : {}),
    }
    await context.collections.outgoing.commit({ id: mail.id, expectedVersion: mail.version, value, events })
  }

  async function refused(mail: Stored<StoredOutgoing>, error: unknown): Promise<void> {
    const {
      responseCode: code,
      command,
      response,
      message,
    } = error as { responseCode?: number; command?: string; response?: string; message: string }
    const refusal = { code, command }
    noteRelay(refusal)
    const verdict = afterRefusal(
      refusal,
      mail.value.attempts,
      Temporal.Instant.from(mail.value.requestedAt),
      clock.now(),
    )
    const loginRefused = isLoginRefused(error)
    if (loginRefused) {
      tokens?.forget()
      countRefused?.()
      log.error(
        { code },
        'the relay’s sign-in is refused: outgoing mail waits until password or token is mended',
      )
    }
    const answer = (response ?? message).slice(0, 500)
    if ('retryAt' in verdict) {
      await finish(
        mail,
        { answer, loginRefused, nextAttemptAt: verdict.retryAt.toString({ smallestUnit: 'millisecond' }) },
        [],
      )
      return
    }
    const data = {
      outgoingId: mail.id,
      ticket: mail.value.ticket,
      accountId: mail.value.accountId,
      code: code ?? 0,
    }
    await finish(mail, { status: 'failed', answer }, [newEvent(mailFailed, data, facts())])
  }

  /** What only the client of a relay tells has a command; a receiver that could not be looked up has none. */
  function noteRelay(refusal: Refusal): void {
    if (refusal.command === undefined) return
    if (!isOfTheRelay(refusal)) {
      relayRefused = 0
      return
    }
    relayRefused += 1
    heldUntil = clock.now().add({ seconds: holdSeconds(relayRefused) })
    log.warn(
      { code: refusal.code, step: refusal.command, refused: relayRefused },
      'the relay refuses; outgoing mail waits',
    )
  }

  async function composed(
    { id, value }: Stored<StoredOutgoing>,
    to: { name: string; address: string },
  ): Promise<SendMailOptions> {
    const { blobs } = context.parts.store
    const content = JSON.parse(
      new TextDecoder().decode(await blobs.read(value.contentBlobId ?? '')),
    ) as RenderedMail
    const attachments = await Promise.all(
      value.attachments.map(async ({ name, type, blobId }) => ({
        filename: name,
        contentType: type,
        content: Buffer.from(await blobs.read(blobId)),
      })),
    )
    return compose(
      { id, to, content, ticket: value.ticket, references: await referencesOf(value), attachments },
      house,
    )
  }

  /** The ticket's first mail, what we sent last about it, and the mail it answers (RFC 5322 §3.6.4, shortened). */
  async function referencesOf({ ticket, inReplyToMailId, requestedAt }: StoredOutgoing): Promise<string[]> {
    if (ticket === null) return []
    const ofTicket = { index: 'ofTicket', key: [ticket] } as const
    const [first, newest] = await Promise.all([
      context.collections.outgoing.find({ ...ofTicket, order: 'asc', limit: 1 }),
      context.collections.outgoing.find({ ...ofTicket, order: 'desc', limit: NEWEST_REFERENCES }),
    ])
    const ids = new Set(
      [...first.items, ...newest.items.toReversed()]
        .filter(({ value }) => value.requestedAt < requestedAt)
        .map(({ id }) => id),
    )
    const earlier = [...ids].map((id) => messageIdOf(id, house))
    const answered =
      inReplyToMailId === null ? undefined : await context.collections.received.get(inReplyToMailId)
    return [...earlier, ...(answered?.value.messageId ? [answered.value.messageId] : [])]
  }

  async function eraseSecret({ secret, contentBlobId }: StoredOutgoing): Promise<void> {
    if (secret && contentBlobId !== null) await context.parts.store.blobs.remove(contentBlobId)
  }

  return {
    name: 'outgoing mail',
    hasRelay: url !== undefined,
    wake,
    start: async () => {
      if (url) {
        transport = createTransport({
          ...relayLogin(url, tokens),
          pool: true,
          maxConnections: AT_ONCE,
          socketTimeout: ANSWER_WITHIN_MS,
          connectionTimeout: 10_000,
          greetingTimeout: 10_000,
          ...signing(config),
        })
      }
      wake()
    },
    stop: async () => {
      stopping = true
      cancelLook()
      await working
      transport?.close()
    },
  }
}
