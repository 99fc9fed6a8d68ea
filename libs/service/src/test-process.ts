/** A whole process for the tests beside: one small service that can be told to die between effect and acknowledgement. */
import { event, request } from '@guichet/contracts/definition'
import { VersionConflict } from '@guichet/store'
import { withSpan } from '@guichet/telemetry'
import { Type, type Static } from 'typebox'
import { runProcess } from './main.ts'
import {
  answer,
  anyone,
  createService,
  effectId,
  newEvent,
  NO_ONE,
  on,
  type ServiceParts,
} from './service.ts'

const config = Type.Object({
  /** The handler of this event kills the process right after its effect is durable. */
  DIE_AT: Type.Integer({ default: 0 }),
  /** Commits this many events at start, in one go. */
  MAKE: Type.Integer({ default: 0, minimum: 0, maximum: 100 }),
})

const made = event('probe.made', 1, Type.Object({ n: Type.Integer() }))
const ping = request('probe.ping', Type.Object({}), Type.Object({}))

await runProcess({
  name: 'probe',
  configSchema: config,
  create: (parts: ServiceParts<Static<typeof config>>) => {
    const things = parts.store.collection<{ n: number }, string>({ name: 'probes' })
    const effects = parts.store.collection<{ n: number }, 'all'>({
      name: 'probe-effects',
      indexes: { all: { keys: () => [['all']], sort: ({ n }) => String(n).padStart(6, '0') } },
    })
    async function make(numbers: number[]): Promise<void> {
      if (numbers.length === 0) return
      const actor = { kind: 'service', service: 'probe' } as const
      const facts = { actor, audience: NO_ONE, at: parts.clock.now() }
      const stored = await things.get('all')
      await withSpan('make', { parent: null }, async () => {
        await things.commit({
          id: 'all',
          expectedVersion: stored?.version ?? 0,
          value: { n: 0 },
          events: numbers.map((n) => newEvent(made, { n }, facts)),
        })
      })
    }
    return createService(
      {
        name: 'probe',
        errors: {},
        answers: [answer(ping, anyone, async () => ({}))],
        emits: [made],
        timers: [],
        consumers: [
          {
            name: 'probe-effects',
            from: 'history',
            handlers: [
              on(made, async ({ n }, { id }) => {
                try {
                  await effects.commit({ id: effectId(id), expectedVersion: 0, value: { n } })
                } catch (error) {
                  if (!(error instanceof VersionConflict)) throw error
                }
                parts.log.info({ n }, 'handled')
                if (parts.config.DIE_AT === n) process.kill(process.pid, 'SIGKILL')
                const { items } = await effects.find({ index: 'all', key: ['all'], order: 'asc', limit: 100 })
                process.send?.({ effects: items.map(({ value }) => String(value.n)) })
              }),
            ],
          },
        ],
        doors: [
          {
            name: 'MAKE',
            async start() {
              await make(Array.from({ length: parts.config.MAKE }, (_, at) => at + 1))
              process.on('message', (message: { make: number[] }) => {
                void make(message.make).then(() => process.send?.({ made: true }))
              })
            },
            async stop() {},
          },
        ],
      },
      parts,
    )
  },
})
