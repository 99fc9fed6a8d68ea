/** The mail reader in its worker: started when the first mail comes, killed when one takes too long, then started anew. */
import { Worker } from 'node:worker_threads'
import type { ParsedMail } from './parsed-mail.ts'

const READ_WITHIN_MS = 10_000
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
}

export function createMailReader(): MailReader {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, Waiting>()
  /** One mail at a time: whoever breaks the reader breaks it for nobody else. */
  let turn: Promise<unknown> = Promise.resolve()

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
    })
    started.unref()
    started.on('message', ({ id, mail, error }: { id: number; mail?: ParsedMail; error?: string }) => {
      const one = waiting.get(id)
      waiting.delete(id)
      if (!one) return
      clearTimeout(one.timer)
      if (mail) one.resolve(mail)
      else one.reject(new Unreadable(error))
    })
    started.on('error', (error: Error) => giveUp(started, error.name))
    started.on('exit', () => giveUp(started, 'exit'))
    return started
  }

  function giveUp(broken: Worker, why: string): void {
    if (worker !== broken) return
    worker = undefined
    void broken.terminate()
    for (const [id, one] of waiting) {
      clearTimeout(one.timer)
      waiting.delete(id)
      one.reject(new Unreadable(why))
    }
  }

  function readNow(raw: Uint8Array): Promise<ParsedMail> {
    worker ??= start()
    const own = worker
    const id = ++lastId
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => giveUp(own, 'time-out'), READ_WITHIN_MS)
      waiting.set(id, { resolve, reject, timer })
      own.postMessage({ id, raw })
    })
  }

  return {
    read: (raw) => {
      const result = turn.then(() => readNow(raw))
      turn = result.catch(() => undefined)
      return result
    },
    stop: async () => {
      const own = worker
      worker = undefined
      await own?.terminate()
    },
  }
}
