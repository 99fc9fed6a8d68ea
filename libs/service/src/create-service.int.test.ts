import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { event, request } from '@guichet/contracts/definition'
import { listDeadLetters, replayHistory, retryDeadLetter } from '@guichet/contracts/delivery'
import { Failure } from '@guichet/contracts/failure'
import { describeErrors } from '@guichet/contracts/service'
import { VersionConflict, type Collection } from '@guichet/store'
import { createFakeClock } from '@guichet/testing/fake-clock'
import { Type } from 'typebox'
import { afterEach, describe, expect, it } from 'vitest'
import { accountActor, codeOf, serve, serviceActor, startHarness, stranger, type Harness } from './harness.ts'
import {
  agents,
  answer,
  anyone,
  createService,
  effectId,
  newEvent,
  NO_ONE,
  on,
  retryOnConflict,
  type Service,
  type ServiceDefinition,
  type ServiceParts,
} from './service.ts'

const thingMade = event('thing.made', 1, Type.Object({ name: Type.String() }))
const thingSeen = event('thing.seen', 1, Type.Object({ name: Type.String() }))
const makeThing = request(
  'alpha.make-thing',
  Type.Object({ name: Type.String() }),
  Type.Object({ version: Type.Integer() }),
)
const provoke = request('alpha.provoke', Type.Object({ how: Type.String() }), Type.Object({}))

const errors: ServiceDefinition['errors'] = {
  'name-taken': {
    status: 409,
    text: { fr: 'Ce nom est pris.', nl: 'Die naam is bezet.', en: 'That name is taken.' },
  },
}
const anne = accountActor('anne')
const admin = accountActor('adm', { roles: ['admin'] })
const customer = accountActor('paul', { companyId: 'acme', roles: ['customer'] })

interface AlphaConfig {
  /** Called in the middle of `provoke`. */
  provoke?: (
    how: string,
    things: Collection<{ name: string }>,
    parts: ServiceParts<AlphaConfig>,
  ) => Promise<void>
  tick?: () => Promise<void>
}

function createAlpha(parts: ServiceParts<AlphaConfig>): Service {
  const things = parts.store.collection<{ name: string }, string>({ name: 'things' })
  return createService(
    {
      name: 'alpha',
      errors,
      answers: [
        answer(makeThing, agents, ({ name }, { actor }) =>
          retryOnConflict(async () => {
            const stored = await things.get(name)
            const { version } = await things.commit({
              id: name,
              expectedVersion: stored?.version ?? 0,
              value: { name },
              events: [newEvent(thingMade, { name }, { actor, audience: NO_ONE, at: parts.clock.now() })],
            })
            return { version }
          }),
        ),
        answer(provoke, anyone, async ({ how }) => {
          await parts.config.provoke?.(how, things, parts)
          return {}
        }),
      ],
      consumers: [],
      timers: parts.config.tick ? [{ name: 'tick', everyMs: 60_000, run: parts.config.tick }] : [],
      emits: [thingMade],
    },
    parts,
  )
}

interface BetaConfig {
  broken: () => boolean
}

function createBeta(parts: ServiceParts<BetaConfig>): Service {
  const seen = parts.store.collection<{ name: string }, string>({ name: 'seen-things' })
  return createService(
    {
      name: 'beta',
      errors: {},
      answers: [],
      consumers: [
        {
          name: 'beta',
          from: 'history',
          handlers: [
            on(thingMade, async ({ name }, { id, actor }) => {
              if (parts.config.broken()) throw new Failure('not-found')
              await seen.commit({
                id: effectId(id),
                expectedVersion: 0,
                value: { name },
                events: [newEvent(thingSeen, { name }, { actor, audience: NO_ONE, at: parts.clock.now() })],
              })
            }),
          ],
        },
      ],
      timers: [],
      emits: [thingSeen],
    },
    parts,
  )
}

let harness: Harness | undefined
const start = async (...args: Parameters<typeof startHarness>) => (harness = await startHarness(...args))
afterEach(async () => {
  await harness?.stop()
  harness = undefined
})
const alpha = (config: AlphaConfig = {}) => serve('alpha', createAlpha, config)
const beta = (broken = () => false) => serve('beta', createBeta, { broken })

describe('a service', () => {
  it('answers, tells what happened, and another acts on it', async () => {
    const { as, eventsOf } = await start({ services: [beta(), alpha()] })
    expect(await as(anne).ask(makeThing, { name: 'kettle' })).toEqual({ version: 1 })
    const [seen] = await eventsOf(thingSeen)
    expect(seen).toMatchObject({ data: { name: 'kettle' }, actor: { accountId: 'anne' } })
    const [made] = await eventsOf(thingMade)
    expect(made).toMatchObject({ key: 'kettle', id: 'things/kettle@1.0', subject: 'thing.made' })
  })

  it('asks its rule before its handler', async () => {
    const { as, events } = await start({ services: [alpha()] })
    expect(await codeOf(as(stranger).ask(makeThing, { name: 'kettle' }))).toBe('unauthenticated')
    expect(await codeOf(as(customer).ask(makeThing, { name: 'kettle' }))).toBe('forbidden')
    expect(await codeOf(as(serviceActor('beta')).ask(makeThing, { name: 'kettle' }))).toBe('forbidden')
    expect(events).toEqual([])
  })

  it('tells a failure’s code, says busy after lost races, and keeps a defect to itself', async () => {
    const { as, logLines } = await start({
      services: [
        alpha({
          provoke: async (how) => {
            if (how === 'failure') throw new Failure('name-taken', { params: { name: 'kettle' } })
            if (how === 'race') throw new VersionConflict('things', 'kettle', 1)
            throw new TypeError('internals')
          },
        }),
      ],
    })
    const failure = (how: string) => as(stranger).ask(provoke, { how })
    await expect(failure('failure')).rejects.toMatchObject({ code: 'name-taken', params: { name: 'kettle' } })
    await expect(failure('race')).rejects.toMatchObject({ code: 'busy', retryable: true })
    await expect(failure('defect')).rejects.toMatchObject({
      code: 'internal',
      message: 'internal',
      params: {},
    })
    expect(logLines.filter((line) => line.includes('a request met a defect'))).toHaveLength(1)
  })

  it('emits what it declared, as declared, and nothing else', async () => {
    const at = Temporal.Instant.from('2026-11-24T10:00:00Z')
    const facts = { actor: anne, audience: NO_ONE, at }
    const attempts = {
      undeclared: newEvent(thingSeen, { name: 'kettle' }, facts),
      misfit: { ...newEvent(thingMade, { name: 'kettle' }, facts), data: { name: 7 } },
      newer: { ...newEvent(thingMade, { name: 'kettle' }, facts), version: 2 },
      fat: newEvent(thingMade, { name: 'x'.repeat(64 * 1024) }, facts),
    }
    const refused: Record<string, string> = {}
    const { as, events } = await start({
      services: [
        alpha({
          provoke: async (_how, things) => {
            for (const [name, bad] of Object.entries(attempts)) {
              await things
                .commit({ id: name, expectedVersion: 0, value: { name }, events: [bad] })
                .catch((error: Error) => {
                  refused[name] = `${error.name}: ${error.message}`
                })
              if (await things.get(name)) throw new Error(`${name} was written`)
            }
          },
        }),
      ],
    })
    await as(stranger).ask(provoke, { how: '' })
    expect(refused).toEqual({
      undeclared: 'EventRefused: alpha does not emit thing.seen version 1',
      misfit: 'EventRefused: thing.made does not fit its contract (name: wrong-type)',
      newer: 'EventRefused: alpha does not emit thing.made version 2',
      fat: expect.stringMatching(
        /^EventRefused: thing\.made has \d+ bytes, 65536 at most: refer to contents$/,
      ),
    })
    expect(events).toEqual([])
  })

  it('settles parallel writers of one document', async () => {
    const { as, eventsOf } = await start({ services: [alpha()] })
    const made = await Promise.all(
      Array.from({ length: 8 }, () => as(anne).ask(makeThing, { name: 'kettle' })),
    )
    expect(made.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect((await eventsOf(thingMade, undefined, 8)).map(({ id }) => id)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((version) => `things/kettle@${version}.0`),
    )
  })

  it('finishes what it is answering before it stops', async () => {
    const entered = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const { as, services, until } = await start({
      services: [
        alpha({
          provoke: async () => {
            entered.resolve()
            await release.promise
          },
        }),
      ],
    })
    const asking = as(stranger).ask(provoke, { how: '' })
    await entered.promise
    let stopped = false
    const stopping = services[0]?.stop().then(() => (stopped = true))
    await until(
      'no new question is taken',
      async () => (await codeOf(as(anne).ask(makeThing, { name: 'pot' }))) === 'unavailable',
    )
    expect(stopped).toBe(false)
    release.resolve()
    expect(await asking).toEqual({})
    await stopping
    expect(stopped).toBe(true)
  })

  it('goes on after a restart where it was', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'guichet-restart-'))
    try {
      const first = await start({ services: [alpha()], dataDir })
      await first.as(anne).ask(makeThing, { name: 'kettle' })
      await first.stop()
      // Beta was not there when it happened.
      const second = await start({ services: [alpha(), beta()], dataDir })
      expect(await second.eventsOf(thingSeen)).toMatchObject([{ data: { name: 'kettle' } }])
      await second.stop()
      const third = await start({ services: [alpha(), beta()], dataDir })
      await third.as(anne).ask(makeThing, { name: 'pot' })
      const seen = await third.eventsOf(thingSeen, ({ name }) => name === 'pot')
      expect(seen).toHaveLength(1)
      expect(third.events.filter(({ subject }) => subject === 'thing.seen')).toHaveLength(1)
    } finally {
      await harness?.stop()
      harness = undefined
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  it('says what is wrong with it', async () => {
    const { services } = await start({ services: [alpha()] })
    expect(await services[0]?.check()).toEqual({ started: null, store: null, bus: null })
  })

  it('is refused when its definition contradicts itself', async () => {
    const creating = (changes: Partial<ServiceDefinition>) =>
      startHarness({
        services: [
          serve(
            'gamma',
            (parts: ServiceParts<object>) =>
              createService(
                { name: 'gamma', errors: {}, answers: [], consumers: [], timers: [], emits: [], ...changes },
                parts,
              ),
            {},
          ),
        ],
      })
    const timer = { name: 'tick', everyMs: 1, run: async () => {} }
    await expect(creating({ timers: [timer, timer] })).rejects.toThrow('gamma defines timer tick twice')
    const foreign = answer(makeThing, anyone, async () => ({ version: 1 }))
    await expect(creating({ answers: [foreign] })).rejects.toThrow('gamma answers alpha.make-thing')
    const twice = [on(thingMade, async () => {}), on(thingMade, async () => {})]
    await expect(creating({ consumers: [{ name: 'g', from: 'now', handlers: twice }] })).rejects.toThrow(
      'Two handlers of thing.made version 1',
    )
  })
})

describe('every service', () => {
  it('shows its dead letters to admins, who have them tried again', async () => {
    let broken = true
    const clock = createFakeClock()
    const { as, eventsOf, until } = await start({ services: [alpha(), beta(() => broken)], clock })
    await as(anne).ask(makeThing, { name: 'kettle' })
    const list = listDeadLetters('beta')
    for (const actor of [stranger, customer, anne, serviceActor('alpha')]) {
      const isStranger = actor.kind === 'stranger'
      expect(await codeOf(as(actor).ask(list, {}))).toBe(isStranger ? 'unauthenticated' : 'forbidden')
      // That there is a list is no secret; that this letter exists is one.
      const retry = as(actor).ask(retryDeadLetter('beta'), { id: 'beta~YQ' })
      expect(await codeOf(retry)).toBe(isStranger ? 'unauthenticated' : 'not-found')
    }
    const letter = await until('a dead letter', async () => {
      clock.advance({ seconds: 1 })
      return (await as(admin).ask(list, {})).items[0]
    })
    expect(letter).toMatchObject({
      service: 'beta',
      consumer: 'beta',
      key: 'kettle',
      code: 'not-found',
      waiting: 0,
    })
    broken = false
    await as(admin).ask(retryDeadLetter('beta'), { id: letter.id })
    clock.advance({ seconds: 1 })
    await eventsOf(thingSeen, ({ name }) => name === 'kettle')
    expect(await as(admin).ask(list, {})).toEqual({ items: [], next: null })
    expect(await codeOf(as(admin).ask(retryDeadLetter('beta'), { id: letter.id }))).toBe('not-found')
    expect(await codeOf(as(admin).ask(retryDeadLetter('alpha'), { id: letter.id }))).toBe('not-found')
  })

  it('words its errors for anyone, replays its history for services only', async () => {
    const { as } = await start({ services: [alpha()] })
    expect(await as(stranger).ask(describeErrors('alpha'), {})).toEqual({ errors })
    await as(anne).ask(makeThing, { name: 'kettle' })
    const input = { subjects: ['thing.made'] }
    expect(await codeOf(as(admin).ask(replayHistory('alpha'), input))).toBe('forbidden')
    const page = await as(serviceActor('beta')).ask(replayHistory('alpha'), input)
    expect(page).toMatchObject({ complete: true, events: [{ id: 'things/kettle@1.0' }] })
  })

  it('runs its timers on one of two copies, and on the other once the first is gone', async () => {
    const clock = createFakeClock()
    const ran: string[] = []
    const copy = (name: string) => alpha({ tick: async () => void ran.push(name) })
    const { services, until } = await start({ services: [copy('one'), copy('two')], clock })
    await until('the timer ran', () => ran.length === 1)
    for (let minute = 0; minute < 3; minute += 1) {
      for (let step = 0; step < 30; step += 1) {
        clock.advance({ seconds: 2 })
        await new Promise(setImmediate)
      }
    }
    await until('it ran each minute', () => ran.length >= 3)
    const [holder] = ran
    expect(new Set(ran)).toEqual(new Set([holder]))
    await services[holder === 'one' ? 0 : 1]?.stop()
    const other = holder === 'one' ? 'two' : 'one'
    await until('the other copy runs it', () => {
      clock.advance({ seconds: 1 })
      return ran.includes(other)
    })
  })
})
