/** The mail reader in its worker: started when the first mail comes, killed when one takes too long, then started anew. */
import { ReadableStream } from 'node:stream/web'
import { Worker } from 'node:worker_threads'
import { createTurns } from '../turns.ts'
import type { ParsedMail } from './parsed-mail.ts'
import type { Asked } from './worker.ts'

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

/** Takes a file of a mail under this id. What it rejects with is not the mail's fault, and not `Unreadable`. */
export type TakeFile = (blobId: string, content: AsyncIterable<Uint8Array>) => Promise<unknown>

export interface MailReader {
  /** @throws Unreadable */
  read: (raw: Uint8Array) => Promise<ParsedMail>
  /**
   * Holds neither the mail nor its files. Those that were taken before it proved unreadable stay where they are.
   * @throws Unreadable, and whatever the stream or `take` throws
   */
  readLarge: (raw: { size: number; stream: AsyncIterable<Uint8Array> }, take: TakeFile) => Promise<ParsedMail>
  stop: () => Promise<void>
}

interface Waiting {
  resolve: (mail: ParsedMail) => void
  reject: (error: unknown) => void
  take: TakeFile | undefined
  taking: Promise<unknown>[]
  /** Rejects when nothing more will come of it. */
  over: Promise<never>
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
  file?: string
  stream?: ReadableStream<Uint8Array>
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
    worker.on('message', (said: Said) => {
      if (said.id === undefined) resolve()
      else hear(said.id, said)
    })
    worker.on('error', (error: Error) => giveUp(started, error.name))
    worker.on('exit', () => giveUp(started, 'exit'))
    return started
  }

  function hear(id: number, { mail, error, file, stream }: Said): void {
    const one = waiting.get(id)
    if (file !== undefined && stream) {
      if (one?.take) takeFile(id, one, one.take(file, contentOf(stream, one.over)))
      else void stream.cancel()
    } else if (!mail) end(id, new Unreadable(error))
    // The last file may still be on its way to where it is kept.
    else if (one)
      void Promise.all(one.taking).then(
        () => end(id, mail),
        () => undefined,
      )
  }

  function takeFile(id: number, one: Waiting, taking: Promise<unknown>): void {
    one.taking.push(taking)
    taking.catch((error: unknown) => end(id, error))
  }

  /** Once; who comes later comes to nothing. */
  function end(id: number, outcome: ParsedMail | unknown): void {
    const one = waiting.get(id)
    if (!one) return
    waiting.delete(id)
    clearTimeout(one.timer)
    if (outcome instanceof Error) one.reject(outcome)
    else one.resolve(outcome as ParsedMail)
  }

  function giveUp(broken: Running, why: string): void {
    if (running !== broken) return
    running = undefined
    broken.fail(new Unreadable(why))
    void broken.worker.terminate()
    for (const id of waiting.keys()) end(id, new Unreadable(why))
  }

  async function readNow(size: number, raw: Asked['raw'], take?: TakeFile): Promise<ParsedMail> {
    running ??= start()
    const own = running
    // Its time begins when the reader is there: the first mail does not pay for loading it.
    await own.ready
    const id = ++lastId
    const within = readWithinMs + (size / 2 ** 20) * MORE_PER_MIB_MS
    const before = await own.worker.cpuUsage()
    const { promise, resolve, reject } = Promise.withResolvers<ParsedMail>()
    const over = promise.then(
      () => Promise.reject(new Unreadable('over')),
      (error: unknown) => Promise.reject(error as Error),
    )
    over.catch(() => undefined)
    const timer = setTimeout(() => void endIfItTakes(within, own, id, before), within)
    const until = performance.now() + LONGEST_MS
    waiting.set(id, { resolve, reject, take, taking: [], over, timer, until })
    own.worker.postMessage({ id, raw }, raw instanceof Uint8Array ? [] : [raw as never])
    return await promise
  }

  async function readStreamed(
    { size, stream }: { size: number; stream: AsyncIterable<Uint8Array> },
    take: TakeFile,
  ): Promise<ParsedMail> {
    let fault: { error: unknown } | undefined
    async function* watched() {
      try {
        yield* stream
      } catch (error) {
        fault = { error }
        throw error
      }
    }
    const source = watched()
    try {
      return await readNow(size, ReadableStream.from(source), take)
    } catch (error) {
      // What could not be fetched says nothing about the mail.
      throw fault ? fault.error : error
    } finally {
      // Where the reader ended before the mail did, nobody reads on.
      void source.return()
    }
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
    read: (raw) => inTurn(() => readNow(raw.byteLength, raw)),
    readLarge: (raw, take) => inTurn(() => readStreamed(raw, take)),
    stop: async () => {
      const own = running
      running = undefined
      await own?.worker.terminate()
    },
  }
}

/** A file from the other thread; a thread that is gone says nothing more, so its end is watched for. */
async function* contentOf(
  stream: ReadableStream<Uint8Array>,
  over: Promise<never>,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let isWhole = false
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), over])
      if (done) {
        isWhole = true
        return
      }
      yield value
    }
  } finally {
    if (!isWhole) reader.cancel().catch(() => undefined)
  }
}
