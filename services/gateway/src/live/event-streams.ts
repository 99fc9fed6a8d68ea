/** The open browsers: each hears of what concerns its reader, by the audience of the event alone. */
import { isStaff } from '@guichet/access'
import type { Audience } from '@guichet/contracts/envelope'
import { Failure } from '@guichet/contracts/failure'
import type { AccountActor } from '@guichet/contracts/values/actor'

/** A person has tabs, not dozens of them; more is a program gone wild (spec/security.md line 20). */
const STREAMS_PER_ACCOUNT = 12
/** Proxies cut silent connections after a minute; each beat also asks whether the session still holds. */
const HEARTBEAT_MS = 25_000
/** A reader this far behind has gone: it refetches when it comes back. */
const MAX_WAITING = 500

export interface StreamMessage {
  /** `ticket`, `notification`, `counters`, `invoice`. */
  event: string
  data: unknown
}

interface OpenStream {
  actor: AccountActor
  push: (frame: string) => void
  end: () => void
}

export interface EventStreams {
  /** Ends when the reader leaves, `stillSignedIn` refuses, or the process stops. */
  open: (actor: AccountActor, stillSignedIn: () => Promise<boolean>) => AsyncIterable<string>
  deliver: (message: StreamMessage, audience: Audience) => void
  /** What this account may see has changed: its streams end; a browser that may come back does, as who it is now. */
  endOf: (accountId: string) => void
  endAll: () => void
}

export function createEventStreams(): EventStreams {
  const streams = new Set<OpenStream>()

  /** Written out rather than generated: a generator that waits for a frame hears only after it that its reader left. */
  function frames(actor: AccountActor, stillSignedIn: () => Promise<boolean>): AsyncIterable<string> {
    const waiting = ['retry: 2000\n\n']
    let wake = () => {}
    let ended = false
    const stream: OpenStream = {
      actor,
      push: (frame) => {
        waiting.push(frame)
        if (waiting.length > MAX_WAITING) stream.end()
        wake()
      },
      end: () => {
        ended = true
        clearInterval(heartbeat)
        streams.delete(stream)
        wake()
      },
    }
    const heartbeat = setInterval(() => {
      void stillSignedIn().then((holds) => (holds ? stream.push(': beat\n\n') : stream.end()))
    }, HEARTBEAT_MS)
    streams.add(stream)
    const over = { done: true, value: undefined } as const
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          while (!ended && waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
          const frame = ended ? undefined : waiting.shift()
          return frame === undefined ? over : { done: false, value: frame }
        },
        return: () => {
          stream.end()
          return Promise.resolve(over)
        },
      }),
    }
  }

  return {
    open: (actor, stillSignedIn) => {
      const own = [...streams].filter((stream) => stream.actor.accountId === actor.accountId).length
      if (own >= STREAMS_PER_ACCOUNT)
        throw new Failure('too-many-requests', { params: { retryAfterSeconds: 60 } })
      return frames(actor, stillSignedIn)
    },
    deliver: (message, audience) => {
      const frame = `event: ${message.event}\ndata: ${JSON.stringify(message.data)}\n\n`
      for (const stream of streams) if (concerns(audience, stream.actor)) stream.push(frame)
    },
    endOf: (accountId) => {
      for (const stream of streams) if (stream.actor.accountId === accountId) stream.end()
    },
    endAll: () => {
      for (const stream of streams) stream.end()
    },
  }
}

function concerns(audience: Audience, actor: AccountActor): boolean {
  return audience.accounts.includes(actor.accountId) || (audience.staff && isStaff(actor))
}
