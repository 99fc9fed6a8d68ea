/**
 * What a question and its answer look like on the way, the same for direct calls and for NATS: JSON held against the
 * contract on arrival. Embedded goes through it too, so that it hides no bug.
 */
import { schemaFaults } from '@guichet/contracts/check'
import type { DataOf, InputOf, LiveContract, OutputOf, RequestContract } from '@guichet/contracts/definition'
import type { Audience, TraceContext } from '@guichet/contracts/envelope'
import { Failure, type FieldFault } from '@guichet/contracts/failure'
import type { Call } from './bus.ts'

export interface Question {
  input: unknown
  token?: string
  trace?: TraceContext
}

interface CarriedFailure {
  code: string
  params: Record<string, string | number>
  fields: FieldFault[]
  retryable: boolean
}

export type Answer = { output: unknown } | { failure: CarriedFailure }

export type Answerer<R extends RequestContract> = (input: InputOf<R>, call: Call) => Promise<OutputOf<R>>

export const unavailable = (cause?: unknown) => new Failure('unavailable', { retryable: true, cause })

/** A defect of the answerer or watcher: told to its log, never to who asked. */
export type OnDefect = (subject: string, error: unknown) => void

/** Never rejects: whatever happens is an answer. */
export async function answerQuestion<R extends RequestContract>(
  contract: R,
  answer: Answerer<R>,
  question: Question,
  onDefect: OnDefect,
): Promise<Answer> {
  try {
    const fields = schemaFaults(contract.input, question.input)
    if (fields.length > 0) throw new Failure('invalid-input', { fields })
    const output = await answer(question.input as InputOf<R>, {
      token: question.token,
      trace: question.trace,
    })
    const wrong = schemaFaults(contract.output, output)
    if (wrong.length > 0) {
      const places = wrong.map(({ path, code }) => `${path}: ${code}`).join(', ')
      throw new TypeError(`the answer does not fit its contract (${places})`)
    }
    return { output }
  } catch (error) {
    if (!(error instanceof Failure)) onDefect(contract.subject, error)
    const { code, params, fields, retryable } = error instanceof Failure ? error : new Failure('internal')
    return { failure: { code, params, fields, retryable } }
  }
}

export interface LiveMessage {
  data: unknown
  audience: Audience
}

/** Shows a live message to whoever watches. What does not fit its contract is not shown; a watcher's defect stays its own. */
export function showLive<L extends LiveContract>(
  contract: L,
  see: (data: DataOf<L>, audience: Audience) => void,
  read: () => LiveMessage,
  onDefect: OnDefect,
): void {
  try {
    const { data, audience } = read()
    if (schemaFaults(contract.data, data).length > 0)
      throw new TypeError('a live message does not fit its contract')
    see(data as DataOf<L>, audience)
  } catch (error) {
    onDefect(contract.subject, error)
  }
}

/** @throws Failure as the answerer threw it. */
export function outputOf<R extends RequestContract>(answer: Answer): OutputOf<R> {
  if ('output' in answer) return answer.output as OutputOf<R>
  const { code, params, fields, retryable } = answer.failure
  throw new Failure(code, { params, fields, retryable })
}
