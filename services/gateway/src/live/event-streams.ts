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
  endAll: () => void
}

export function createEventStreams(): EventStreams {
  const streams = new Set<OpenStream>()

  async function* frames(actor: AccountActor, stillSignedIn: () => Promise<boolean>): AsyncGenerator<string> {
    const waiting: string[] = []
    let wake = () => {}
    let ended = false
    const stream: OpenStream = {
      actor,
      push: (frame) => {
        waiting.push(frame)
        if (waiting.length > MAX_WAITING) ended = true
        wake()
      },
      end: () => {
        ended = true
        wake()
      },
    }
    const heartbeat = setInterval(() => {
      void stillSignedIn().then((holds) => (holds ? stream.push(': beat\n\n') : stream.end()))
    }, HEARTBEAT_MS)
    streams.add(stream)
    try {
      yield 'retry: 2000\n\n'
      while (!ended) {
        const frame = waiting.shift()
        if (frame === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else yield frame
      }
    } finally {
      clearInterval(heartbeat)
      streams.delete(stream)
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
    endAll: () => {
      for (const stream of streams) stream.end()
    },
  }
}

function concerns(audience: Audience, actor: AccountActor): boolean {
  return audience.accounts.includes(actor.accountId) || (audience.staff && isStaff(actor))
}
