/** Questions by NATS request and reply: copies of a service share a queue group. */
import type { RequestContract } from '@guichet/contracts/definition'
import { currentTrace } from '@guichet/telemetry'
import { RequestError, TimeoutError, type Msg, type NatsConnection } from '@nats-io/transport-node'
import type { Requests } from '../bus.ts'
import {
  answerQuestion,
  outputOf,
  unavailable,
  type Answer,
  type Answerer,
  type OnDefect,
  type Question,
} from '../codec.ts'
import { answering, asking } from '../traced.ts'

const DEFAULT_TIMEOUT_MS = 5000
const subjectOf = (contract: RequestContract) => `requests.${contract.subject}`

export function createNatsRequests(connection: NatsConnection, onDefect: OnDefect): Requests {
  async function ask(
    contract: RequestContract,
    input: unknown,
    options: Parameters<Requests['ask']>[2] = {},
  ): Promise<unknown> {
    return await asking(contract.subject, async () => {
      const question: Question = { input, token: options.token, trace: options.trace ?? currentTrace() }
      const reply = await send(subjectOf(contract), question, options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
      return outputOf(reply.json<Answer>())
    })
  }

  async function send(subject: string, question: Question, timeout: number): Promise<Msg> {
    try {
      return await connection.request(subject, JSON.stringify(question), { timeout })
    } catch (error) {
      if (error instanceof RequestError || error instanceof TimeoutError || connection.isClosed())
        throw unavailable(error)
      throw error
    }
  }

  return {
    ask: ask as Requests['ask'],
    answer: async <R extends RequestContract>(contract: R, answer: Answerer<R>) => {
      const underWay = new Set<Promise<void>>()
      const respond = async (message: Msg) => {
        const question = message.json<Question>()
        const given = await answering(contract.subject, question.trace, () =>
          answerQuestion(contract, answer, question, onDefect),
        )
        message.respond(JSON.stringify(given))
      }
      const subscription = connection.subscribe(subjectOf(contract), {
        queue: contract.subject.split('.')[0] ?? 'guichet',
        callback: (error, message) => {
          if (error) return onDefect(contract.subject, error)
          const work = respond(message).catch((failed: unknown) => onDefect(contract.subject, failed))
          underWay.add(work)
          void work.finally(() => underWay.delete(work))
        },
      })
      // The server knows of it: a question that is asked from now on arrives.
      await connection.flush()
      return {
        stop: async () => {
          if (!connection.isClosed()) await subscription.drain()
          await Promise.all(underWay)
          if (!connection.isClosed()) await connection.flush()
        },
      }
    },
  }
}
