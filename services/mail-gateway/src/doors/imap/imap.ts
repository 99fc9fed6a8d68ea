/** IMAP in: one mailbox, watched by IDLE and looked at every minute besides; back after any outage by itself. */
import { Failure } from '@guichet/contracts/failure'
import { pause } from '@guichet/delivery'
import { StartFault, type Door, type Leading } from '@guichet/service'
import type { ImapFlow } from 'imapflow'
import type { Context } from '../../context.ts'
import type { AccessTokens } from '../../access-tokens.ts'
import { refusedSignIns } from '../../refused-sign-ins.ts'
import { parseMailboxUrl } from './mailbox-url.ts'
import { readNew, type Mailbox } from './read-new.ts'

/** A server that forgets to tell, or has no IDLE, is asked this often. */
const LOOK_EVERY_MS = 60_000
const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 60_000

/** null where no IMAP_URL is set. `tokens` where the mailbox wants XOAUTH2. */
export function createImapDoor(context: Context, tokens: AccessTokens | null): Door | null {
  const { config, log, clock } = context.parts
  if (config.IMAP_URL === undefined) return null
  const url = parseMailboxUrl(config.IMAP_URL)
  const mailbox: Mailbox = {
    name: `${url.user}@${url.host}/${url.mailbox}`,
    moveTo: config.IMAP_MOVE_TO ?? null,
  }
  const countRefused = refusedSignIns(context, 'mailbox')
  const stopped = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let client: ImapFlow | undefined
  let wake: () => void = () => undefined

  async function connected(): Promise<ImapFlow> {
    const { ImapFlow: Client } = await import('imapflow')
    const auth =
      url.password === null
        ? { user: url.user, accessToken: (await tokens?.current()) ?? '' }
        : { user: url.user, pass: url.password }
    const opened = new Client({
      host: url.host,
      port: url.port,
      secure: url.secure,
      auth,
      logger: false,
      disableAutoIdle: true,
      maxIdleTime: LOOK_EVERY_MS,
    })
    // Whatever ends a connection also ends the command at work; this one would be thrown at nobody.
    opened.on('error', (error: unknown) => log.debug({ err: error }, 'the mailbox’s connection had an error'))
    try {
      await opened.connect()
    } catch (error) {
      if (isSignInRefused(error)) tokens?.forget()
      throw error
    }
    return opened
  }

  /** Until the connection ends. `onRead` after each look that went well. */
  async function watch(leading: Leading, onRead: () => void): Promise<void> {
    client = await connected()
    try {
      await client.mailboxOpen(url.mailbox)
      const news = newsOf(client)
      wake = news.tell
      while (!stopped.signal.aborted) {
        news.forget()
        await readNew(context, client, mailbox, { stopped: stopped.signal, leads: leading.held })
        onRead()
        await news.next(stopped.signal)
        if (!client.usable) throw new Error('the connection to the mailbox ended')
      }
    } finally {
      client.close()
    }
  }

  async function run(leading: Leading): Promise<void> {
    let wait = FIRST_RETRY_MS
    let isTold = false
    while (!stopped.signal.aborted) {
      try {
        await watch(leading, () => {
          if (isTold) log.info({ mailbox: url.host }, 'the mailbox answers again')
          isTold = false
          wait = FIRST_RETRY_MS
        })
      } catch (error) {
        if (stopped.signal.aborted) return
        if (isSignInRefused(error)) countRefused()
        if (!isTold)
          log.warn({ err: error, mailbox: url.host }, 'the mailbox cannot be read; it is tried again')
        isTold = true
        const resting = pause(clock, wait)
        stopped.signal.addEventListener('abort', resting.cut, { once: true })
        await resting.over
        stopped.signal.removeEventListener('abort', resting.cut)
        wait = Math.min(wait * 2, LAST_RETRY_MS)
      }
    }
  }

  return {
    name: 'imap',
    // A mailbox that does not answer keeps nothing else from starting.
    start: async (leading) => {
      if (url.password === null && tokens === null)
        throw new StartFault(
          'IMAP_URL has no password: add it, or set MAIL_OAUTH_TOKEN_URL for access tokens',
        )
      leading.onTaken(() => wake())
      running = run(leading)
    },
    stop: async () => {
      stopped.abort()
      // What is being taken in is finished; waiting for news is cut short.
      if (client?.idling) client.close()
      await running
    },
  }
}

/** By the mailbox's server, or by who gives its access tokens. */
function isSignInRefused(error: unknown): boolean {
  if (error instanceof Failure) return error.code === 'mail-login-refused'
  return (error as { authenticationFailed?: boolean }).authenticationFailed === true
}

/** What the server tells, also while something else is asked of it. */
function newsOf(client: ImapFlow) {
  let isTold = false
  let wake: () => void = () => undefined
  const tell = () => {
    isTold = true
    wake()
  }
  client.on('exists', tell)
  client.on('close', tell)
  return {
    tell,
    forget: () => {
      isTold = false
    },
    /** Resolves when the server has told of a mail, after a minute, or when the door closes. */
    next: async (stopped: AbortSignal): Promise<void> => {
      if (isTold || stopped.aborted) return
      const over = Promise.withResolvers<void>()
      wake = over.resolve
      const late = setTimeout(wake, LOOK_EVERY_MS)
      stopped.addEventListener('abort', wake, { once: true })
      try {
        client.idle().catch(tell)
        await over.promise
      } finally {
        clearTimeout(late)
        stopped.removeEventListener('abort', wake)
      }
    },
  }
}
