/** Wires the table of answers to the bus: who asks, may they, what comes back, how it fails. */
import { Failure } from '@guichet/contracts/failure'
import { CursorRefused, StoreBusy, VersionConflict } from '@guichet/store'
import { duration } from '@guichet/telemetry/metrics'
import { createInFlight } from './in-flight.ts'
import type { AnswerEntry, ServiceParts } from './definition.ts'

export interface Answers {
  /** One entry at a time. Resolves when questions can arrive. */
  start(entry: AnswerEntry): Promise<void>
  /** Takes no new question, waits for those being answered. */
  stop(): Promise<void>
}

export function createAnswers(service: string, { bus, actors, log, metrics }: ServiceParts): Answers {
  const inFlight = createInFlight()
  const started: { stop(): Promise<void> }[] = []
  const seconds = duration(metrics, 'guichet_request_seconds', 'Requests answered, by outcome', [
    'service',
    'request',
  ])

  /** What the asker is told. Anything that is no Failure stays here, in the log. */
  function told(error: unknown, request: string): Failure {
    if (error instanceof Failure) return error
    if (error instanceof VersionConflict || error instanceof StoreBusy) {
      return new Failure('busy', { retryable: true, cause: error })
    }
    if (error instanceof CursorRefused) {
      return new Failure('invalid-input', { fields: [{ path: 'cursor', code: 'unknown-cursor' }] })
    }
    log.error({ err: error, request }, 'a request met a defect')
    return new Failure('internal', { cause: error })
  }

  async function answerOnce(entry: AnswerEntry, input: never, token: string | undefined): Promise<unknown> {
    const actor = await actors.verify(token)
    const verdict = entry.rule(actor)
    if (verdict) throw new Failure(verdict)
    return entry.answer(input, { actor })
  }

  return {
    async start(entry) {
      const request = entry.contract.subject
      const running = await bus.requests.answer(entry.contract, (input, call) =>
        inFlight.run(async () => {
          const end = seconds.startTimer({ service, request })
          try {
            const output = await answerOnce(entry, input as never, call.token)
            end({ outcome: 'ok' })
            return output as never
          } catch (error) {
            const failure = told(error, request)
            end({ outcome: failure.code })
            throw failure
          }
        }),
      )
      started.push(running)
    },
    async stop() {
      await Promise.all(started.splice(0).map((running) => running.stop()))
      await inFlight.settled()
    },
  }
}
