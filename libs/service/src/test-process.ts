/** A whole process for main.int.test.ts: one small service that can be told to die between effect and acknowledgement. */
import { event, request } from '@guichet/contracts/definition'
import { VersionConflict } from '@guichet/store'
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
  /** Handlers kill the process right after their effect is durable. */
  DIE_AFTER_EFFECT: Type.Boolean({ default: false }),
  /** Commits this many events at start. */
  MAKE: Type.Integer({ default: 0, minimum: 0, maximum: 1000 }),
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
                if (parts.config.DIE_AFTER_EFFECT) process.kill(process.pid, 'SIGKILL')
                const { items } = await effects.find({ index: 'all', key: ['all'], order: 'asc', limit: 100 })
                process.send?.({ effects: items.map(({ value, version }) => `${value.n}@${version}`) })
              }),
            ],
          },
        ],
        doors: [
          {
            name: 'MAKE',
            async start() {
              const facts = {
                actor: { kind: 'service', service: 'probe' },
                audience: NO_ONE,
                at: parts.clock.now(),
              } as const
              for (let n = 1; n <= parts.config.MAKE; n += 1) {
                const events = [newEvent(made, { n }, facts)]
                await things.commit({ id: `p${n % 3}-${n}`, expectedVersion: 0, value: { n }, events })
              }
            },
            async stop() {},
          },
        ],
      },
      parts,
    )
  },
})
