/** Requests and live messages inside one process: direct calls, through the same JSON and schemas as on NATS. */
import type { RequestContract } from '@guichet/contracts/definition'
import type { Live, Requests } from './bus.ts'
import {
  answerQuestion,
  outputOf,
  showLive,
  unavailable,
  type Answer,
  type Answerer,
  type LiveMessage,
  type OnDefect,
  type Question,
} from './codec.ts'
import { answering, asking } from './traced.ts'
import { currentTrace } from '@guichet/telemetry'

const DEFAULT_TIMEOUT_MS = 5000

type Responder = (question: Question) => Promise<Answer>

export interface LocalRequests {
  requests: Requests
  live: Live
}

export function openLocalRequests(onDefect: OnDefect): LocalRequests {
  const responders = new Map<string, Responder[]>()
  const watchers = new Map<string, Set<(message: LiveMessage) => void>>()

  async function ask(
    contract: RequestContract,
    input: unknown,
    options: Parameters<Requests['ask']>[2] = {},
  ): Promise<unknown> {
    const copies = responders.get(contract.subject)
    const responder = copies?.[0]
    if (!copies || !responder) throw unavailable()
    // Copies share the questions: the next one is another's.
    copies.push(...copies.splice(0, 1))
    return await asking(contract.subject, async () => {
      const question = { input, token: options.token, trace: options.trace ?? currentTrace() }
      const answer = await inTime(responder(roundTrip(question)), options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
      return outputOf(roundTrip(answer))
    })
  }

  return {
    requests: {
      ask: ask as Requests['ask'],
      answer: <R extends RequestContract>(contract: R, answer: Answerer<R>) => {
        const underWay = new Set<Promise<Answer>>()
        const respond: Responder = (question) => {
          const work = answering(contract.subject, question.trace, () =>
            answerQuestion(contract, answer, question, onDefect),
          )
          underWay.add(work)
          void work.finally(() => underWay.delete(work))
          return work
        }
        const copies = responders.get(contract.subject) ?? []
        responders.set(contract.subject, copies)
        copies.push(respond)
        return Promise.resolve({
          stop: async () => {
            const index = copies.indexOf(respond)
            if (index >= 0) copies.splice(index, 1)
            await Promise.all(underWay)
          },
        })
      },
    },
    live: {
      announce: (contract, data, audience) => {
        const message: LiveMessage = { data, audience }
        for (const show of watchers.get(contract.subject) ?? []) {
          const own = roundTrip(message)
          // As over a wire: whoever announces has gone on when it is seen.
          setImmediate(() => show(own))
        }
      },
      watch: (contract, see) => {
        const shows = watchers.get(contract.subject) ?? new Set()
        watchers.set(contract.subject, shows)
        let watching = true
        const show = (message: LiveMessage) => {
          if (watching) showLive(contract, see, () => message, onDefect)
        }
        shows.add(show)
        return Promise.resolve({
          stop: () => {
            watching = false
            shows.delete(show)
            return Promise.resolve()
          },
        })
      },
    },
  }
}

function roundTrip<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable(new Error('time-out'))), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
