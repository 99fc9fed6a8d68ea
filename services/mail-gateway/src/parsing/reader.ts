/** The mail reader in its worker: started when the first mail comes, killed when one takes too long, then started anew. */
import { Worker } from 'node:worker_threads'
import { createTurns } from '../turns.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** spec/mail.md section 3: in under a second, or in quarantine. A large file takes its time to be decoded. */
const READ_WITHIN_MS = 1000
const MORE_PER_MIB_MS = 100
/** Even for a reader that does nothing. */
const LONGEST_MS = 20_000
const LOOK_EVERY_MS = 50
const MEMORY_MIB = 256

/** This mail cannot be read: it broke the reader, or its limits. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

export interface MailReader {
  /** @throws Unreadable */
  read: (raw: Uint8Array) => Promise<ParsedMail>
  stop: () => Promise<void>
}

interface Waiting {
  resolve: (mail: ParsedMail) => void
  reject: (error: Unreadable) => void
  timer: NodeJS.Timeout
  /** `performance.now()` after which it is over in any case. */
  until: number
}

interface Running {
  worker: Worker
  /** Loaded, and listening. */
  ready: Promise<void>
  fail: (error: Unreadable) => void
}

/** Without an id: it is ready. */
interface Said {
  id?: number
  mail?: ParsedMail
  error?: string
}

/** @param readWithinMs of the reader's own work; a large mail gets more. */
export function createMailReader(readWithinMs: number = READ_WITHIN_MS): MailReader {
  let running: Running | undefined
  let lastId = 0
  const waiting = new Map<number, Waiting>()
  /** One mail at a time: whoever breaks the reader breaks it for nobody else. */
  const inTurn = createTurns()

  function start(): Running {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
    })
    worker.unref()
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
    ready.catch(() => undefined)
    const started = { worker, ready, fail: reject }
    worker.on('message', ({ id, mail, error }: Said) => {
      if (id === undefined) return resolve()
      const one = waiting.get(id)
      waiting.delete(id)
      if (!one) return
      clearTimeout(one.timer)
      if (mail) one.resolve(mail)
      else one.reject(new Unreadable(error))
    })
    worker.on('error', (error: Error) => giveUp(started, error.name))
    worker.on('exit', () => giveUp(started, 'exit'))
    return started
  }

  function giveUp(broken: Running, why: string): void {
    if (running !== broken) return
    running = undefined
    broken.fail(new Unreadable(why))
    void broken.worker.terminate()
    for (const [id, one] of waiting) {
      clearTimeout(one.timer)
      waiting.delete(id)
      one.reject(new Unreadable(why))
    }
  }

  async function readNow(raw: Uint8Array): Promise<ParsedMail> {
    running ??= start()
    const own = running
    // Its time begins when the reader is there: the first mail does not pay for loading it.
    await own.ready
    const id = ++lastId
    const within = readWithinMs + (raw.byteLength / 2 ** 20) * MORE_PER_MIB_MS
    const before = await own.worker.cpuUsage()
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => void endIfItTakes(within, own, id, before), within)
      waiting.set(id, { resolve, reject, timer, until: performance.now() + LONGEST_MS })
      own.worker.postMessage({ id, raw })
    })
  }

  /** By its own work and not by the clock: a machine that is busy with other things condemns no mail. */
  async function endIfItTakes(
    within: number,
    own: Running,
    id: number,
    before: NodeJS.CpuUsage,
  ): Promise<void> {
    const used = await own.worker.cpuUsage(before).catch(() => undefined)
    const one = waiting.get(id)
    if (!one) return
    const left = used === undefined ? 0 : within - (used.user + used.system) / 1000
    if (left <= 0 || performance.now() > one.until) return giveUp(own, 'time-out')
    one.timer = setTimeout(() => void endIfItTakes(within, own, id, before), Math.max(left, LOOK_EVERY_MS))
  }

  return {
    read: (raw) => inTurn(() => readNow(raw)),
    stop: async () => {
      const own = running
      running = undefined
      await own?.worker.terminate()
    },
  }
}
