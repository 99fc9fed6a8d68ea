import { randomUUID } from 'node:crypto'
import { request } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { until } from '@guichet/testing/until'
import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../bus.ts'
import type { RequestsConnection, RequestsWorld } from './world.ts'

/** A question that no other test asks. */
function newContract() {
  return request(
    `test-${randomUUID().slice(0, 8)}.double-number`,
    Type.Object(
      { n: Type.Integer({ minimum: 1 }), note: Type.Optional(Type.String({ maxLength: 5 })) },
      { additionalProperties: false },
    ),
    Type.Object({ n: Type.Integer() }),
  )
}

export function requestsSuite(name: string, world: RequestsWorld): void {
  describe(`requests on ${name}`, () => {
    let asker: RequestsConnection
    let answerer: RequestsConnection
    let contract: ReturnType<typeof newContract>
    const double = async ({ n }: { n: number }) => ({ n: 2 * n })

    beforeEach(async () => {
      contract = newContract()
      ;[asker, answerer] = await Promise.all([world.connect(), world.connect()])
    })
    afterEach(async () => {
      await Promise.all([asker.close(), answerer.close()])
    })

    it('answers what is asked, many at once', async () => {
      await answerer.requests.answer(contract, double)
      const numbers = Array.from({ length: 200 }, (_, n) => n + 1)
      const answers = await Promise.all(numbers.map((n) => asker.requests.ask(contract, { n })))
      expect(answers).toEqual(numbers.map((n) => ({ n: 2 * n })))
    })

    it('holds the input against the contract before anybody sees it: one fault per field', async () => {
      let asked = 0
      await answerer.requests.answer(contract, async (input) => {
        asked += 1
        return double(input)
      })
      const wrong = { n: 0.5, note: 'too long', more: true }
      const failure = await asker.requests.ask(contract, wrong).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(Failure)
      expect(failure).toMatchObject({ code: 'invalid-input', retryable: false })
      expect((failure as Failure).fields.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
        { path: 'more', code: 'unknown-field' },
        { path: 'n', code: 'wrong-type' },
        { path: 'note', code: 'too-long', params: { limit: 5 } },
      ])
      expect(asked).toBe(0)
    })

    it('goes through JSON both ways: what JSON does not carry does not arrive', async () => {
      const seen: unknown[] = []
      const input = { n: 1, note: undefined }
      await answerer.requests.answer(contract, async (arrived) => {
        seen.push(arrived)
        arrived.n = 7
        return { n: 1, more: undefined }
      })
      const output = await asker.requests.ask(contract, input)
      expect(Object.keys(seen[0] as object)).toEqual(['n'])
      expect(Object.keys(output)).toEqual(['n'])
      expect(input.n).toBe(1)
    })

    it('a failure arrives as it was thrown', async () => {
      await answerer.requests.answer(contract, async () => {
        throw new Failure('series-busy', {
          params: { series: '2026', waiting: 3 },
          fields: [{ path: 'lines.0.price', code: 'too-large', params: { limit: 10 } }],
          retryable: true,
          cause: new Error('a private cause'),
        })
      })
      const failure = (await asker.requests
        .ask(contract, { n: 1 })
        .catch((error: unknown) => error)) as Failure
      expect(failure).toBeInstanceOf(Failure)
      expect(failure).toMatchObject({
        code: 'series-busy',
        params: { series: '2026', waiting: 3 },
        fields: [{ path: 'lines.0.price', code: 'too-large', params: { limit: 10 } }],
        retryable: true,
      })
      expect(failure.cause).toBeUndefined()
      expect(answerer.defects).toEqual([])
    })

    it('a defect is told to the answerer’s log, and nothing of it to who asked', async () => {
      const defect = new TypeError('the password is hunter2')
      await answerer.requests.answer(contract, async () => {
        throw defect
      })
      const failure = (await asker.requests
        .ask(contract, { n: 1 })
        .catch((error: unknown) => error)) as Failure
      expect(failure).toMatchObject({ code: 'internal', params: {}, fields: [], retryable: false })
      expect(`${failure.message} ${String(failure.cause)} ${JSON.stringify(failure)}`).not.toContain(
        'hunter2',
      )
      expect(answerer.defects).toEqual([[contract.subject, defect]])
    })

    it('an answer that does not fit its contract is the answerer’s defect', async () => {
      await answerer.requests.answer(contract, async () => ({ n: 'seven' }) as unknown as { n: number })
      await expect(asker.requests.ask(contract, { n: 1 })).rejects.toMatchObject({ code: 'internal' })
      expect(answerer.defects).toEqual([[contract.subject, expect.any(TypeError)]])
    })

    it('no one answers: unavailable at once', async () => {
      // Were it to wait for the time-out, the test would run into its own.
      const asked = asker.requests.ask(contract, { n: 1 }, { timeoutMs: 600_000 })
      await expect(asked).rejects.toMatchObject({ code: 'unavailable', retryable: true })
    })

    it('no answer in time: unavailable', async () => {
      const late = Promise.withResolvers<{ n: number }>()
      await answerer.requests.answer(contract, () => late.promise)
      const asked = asker.requests.ask(contract, { n: 1 }, { timeoutMs: 50 })
      await expect(asked).rejects.toMatchObject({ code: 'unavailable', retryable: true })
      late.resolve({ n: 1 })
    })

    it('copies share the questions', async () => {
      const asked = { one: 0, two: 0 }
      await answerer.requests.answer(contract, (input) => ((asked.one += 1), double(input)))
      await asker.requests.answer(contract, (input) => ((asked.two += 1), double(input)))
      await Promise.all(Array.from({ length: 60 }, () => asker.requests.ask(contract, { n: 1 })))
      expect(asked.one + asked.two).toBe(60)
      expect(Math.min(asked.one, asked.two)).toBeGreaterThan(0)
    })

    it('stop takes no new question and answers those it has', async () => {
      const work = Promise.withResolvers<void>()
      let asked = 0
      const { stop } = await answerer.requests.answer(contract, async (input) => {
        asked += 1
        await work.promise
        return double(input)
      })
      const answered = asker.requests.ask(contract, { n: 4 })
      await until('it is asked', () => asked === 1)
      let stopped = false
      const stopping = stop().then(() => (stopped = true))
      // By the same connection, so that it is sent after the stopping; another's may be on its way, and is answered.
      await expect(answerer.requests.ask(contract, { n: 1 })).rejects.toMatchObject({ code: 'unavailable' })
      expect(stopped).toBe(false)
      work.resolve()
      expect(await answered).toEqual({ n: 8 })
      await stopping
      expect(asked).toBe(1)
    })

    it('who asks and in which trace travels along', async () => {
      const calls: Call[] = []
      await answerer.requests.answer(contract, (input, call) => (calls.push(call), double(input)))
      const trace = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
      await asker.requests.ask(contract, { n: 1 }, { token: 'signed', trace })
      await asker.requests.ask(contract, { n: 1 })
      expect(calls).toEqual([
        { token: 'signed', trace },
        { token: undefined, trace: undefined },
      ])
    })

    it.runIf(world.broker !== undefined)('goes on by itself after the broker was killed', async () => {
      await answerer.requests.answer(contract, double)
      await world.broker?.kill()
      await expect(asker.requests.ask(contract, { n: 1 }, { timeoutMs: 300 })).rejects.toMatchObject({
        code: 'unavailable',
        retryable: true,
      })
      await world.broker?.restart()
      const ask = () => asker.requests.ask(contract, { n: 2 }, { timeoutMs: 500 })
      expect(await until('it answers', ask, { timeoutMs: 30_000 })).toEqual({ n: 4 })
    })
  })
}
