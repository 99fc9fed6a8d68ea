import { randomUUID } from 'node:crypto'
import type { RunningSubscription } from '@guichet/bus'
import { replayHistory } from '@guichet/contracts/delivery'
import { createDelivery, type Delivery, type Relay } from '@guichet/delivery'
import { createAnswers } from './answers.ts'
import { requireConsistent } from './consistency.ts'
import { declareEmits } from './guarded-store.ts'
import { createKeepTrying } from './keep-trying.ts'
import { startLease, type Lease } from './lease.ts'
import type {
  AnswerEntry,
  ConsumerEntry,
  Door,
  Leading,
  Service,
  ServiceDefinition,
  ServiceParts,
} from './definition.ts'
import { StartFault } from './start-fault.ts'
import { standardAnswers } from './standard-answers.ts'
import { startTimers, type RunningTimers, type Timer } from './timers.ts'

const RETRY_PARKED_EVERY_MS = 1000
/** A stop that is not done by then is over all the same; what was not finished is done again after the next start. */
const STOP_WITHIN_MS = 8000

/**
 * Puts a definition to work on its parts: answers, consumers with parking, timers under a lease, relay, doors.
 * @throws Error at once when the definition contradicts itself.
 */
export function createService(definition: ServiceDefinition, parts: ServiceParts): Service {
  const { name } = definition
  const { log } = parts
  declareEmits(parts.store, definition.emits)
  const delivery = createDelivery({ ...parts, events: parts.bus.events })
  const answers: AnswerEntry[] = [...definition.answers, ...standardAnswers(definition, delivery)]
  const timers: Timer[] = [
    ...definition.timers,
    {
      name: 'retry-parked-events',
      everyMs: RETRY_PARKED_EVERY_MS,
      run: () => delivery.retryDue(),
      untraced: true,
    },
  ]
  requireConsistent({ ...definition, answers, timers })
  const consumers = definition.consumers.map((entry) => ({ entry, ...prepare(entry, delivery, parts) }))

  const answering = createAnswers(name, parts)
  const trying = createKeepTrying(parts.clock, log)
  const subscriptions: RunningSubscription[] = []
  const openDoors: Door[] = []
  let relay: Relay | undefined
  let lease: Lease | undefined
  const taken: (() => void)[] = []
  let ticking: RunningTimers | undefined
  let state: 'new' | 'starting' | 'running' | 'stopping' = 'new'
  let starting: Promise<void> = Promise.resolve()

  async function startAll(): Promise<void> {
    for (const entry of answers) {
      await trying.run(`answer ${entry.contract.subject}`, () => answering.start(entry))
    }
    relay = delivery.startRelay()
    for (const { entry, start } of consumers) {
      subscriptions.push(await trying.run(`consumer ${entry.name}`, start))
    }
    lease = startLease({
      ...parts,
      name: 'timers',
      holder: randomUUID(),
      onTaken: () => {
        ticking?.wake()
        for (const tell of taken) tell()
      },
    })
    const leading = { held: lease.held, onTaken: (tell: () => void) => void taken.push(tell) }
    ticking = startTimers({ ...parts, service: name, timers, held: lease.held })
    // A door that cannot open (a taken port) is no matter of waiting: it is the operator's to mend.
    for (const door of definition.doors ?? []) {
      await openDoor(door, leading)
      openDoors.push(door)
    }
  }

  /** One part that does not stop must not keep the others running. */
  async function stopPart(part: string, stop: () => Promise<unknown> | undefined): Promise<void> {
    try {
      await stop()
    } catch (error) {
      log.error({ err: error, part }, 'could not be stopped in order')
    }
  }

  async function stopAll(): Promise<void> {
    for (const door of openDoors.splice(0).toReversed()) await stopPart(door.name, () => door.stop())
    await stopPart('timers', () => ticking?.stop())
    await stopPart('lease', () => lease?.stop())
    await Promise.all(
      subscriptions.splice(0).map((subscription) => stopPart('consumer', () => subscription.stop())),
    )
    await stopPart('answers', () => answering.stop())
    await stopPart('relay', () => relay?.stop())
    delivery.close()
  }

  return {
    definition,
    answers,
    async start() {
      if (state !== 'new') throw new Error(`${name} was started before`)
      state = 'starting'
      starting = startAll()
      await starting
      if (state === 'starting') state = 'running'
    },
    async stop() {
      state = 'stopping'
      trying.stop()
      const done = starting.catch(() => {}).then(stopAll)
      const late = await within(STOP_WITHIN_MS, done)
      if (late) log.warn('stopped before everything was finished; the rest is done after the next start')
    },
    async check() {
      const waiting = Object.entries(trying.waitingFor()).map(([what, reason]) => `${what}: ${reason}`)
      return {
        started: state === 'running' ? null : waiting[0] ? `waiting for ${waiting[0]}` : state,
        store: await reasonOf(() => parts.store.outbox.oldestAge()),
        bus: await reasonOf(() => parts.bus.check()),
      }
    },
  }
}

function prepare(entry: ConsumerEntry, delivery: Delivery, { bus, actors }: ServiceParts) {
  return delivery.consumer({
    consumer: entry.name,
    from: entry.from,
    handlers: entry.handlers,
    owners: (entry.owners ?? []).map((service) => ({
      service,
      ask: async (input) => bus.requests.ask(replayHistory(service), input, { token: await actors.own() }),
    })),
  })
}

const LISTENING_FAILED = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES'])

/** @throws StartFault when what it listens on cannot be had. */
async function openDoor(door: Door, leading: Leading): Promise<void> {
  try {
    await door.start(leading)
  } catch (error) {
    const { code = '', address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number }
    if (!LISTENING_FAILED.has(code)) throw error
    const where = address === undefined ? '' : ` ${address}:${port}`
    throw new StartFault(`${door.name}:${where} cannot be listened on (${code}): give a free port, or 0`)
  }
}

async function reasonOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** True when it took longer. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(true), ms)
  try {
    return await Promise.race([work.then(() => false), promise])
  } finally {
    clearTimeout(timer)
  }
}
