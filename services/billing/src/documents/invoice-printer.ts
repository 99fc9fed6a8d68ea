/**
 * Makes invoices' documents in worker threads, so that a page of PDF never holds up an answer and many are made at
 * once. A thread, with pdfkit, fonts and the XML library, starts when there is work for it; all end when none came for
 * a minute.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Failure } from '@guichet/contracts/failure'
import type { InvoiceDocument, Issued } from '../domain/invoice.ts'
import type { LegalTerms } from '../domain/legal-terms.ts'
import type { PackBalance } from '../domain/packs.ts'
import type { UblFault } from './ubl-check/rules.ts'

/** All that stands on the documents; the same in gives the same bytes out. */
export interface PrintOrder {
  invoice: Pick<
    InvoiceDocument,
    'kind' | 'lines' | 'allowances' | 'prepaid' | 'tickets' | 'period' | 'credits'
  >
  issued: Omit<Issued, 'documents'>
  law: LegalTerms
  /** Prepaid hours that lines of it use, as they stand after it. */
  packs?: PackBalance[]
  /** A ticket's page is this and its number. */
  ticketsAt?: string
  /** PNG or JPEG; stands in the place of the seller's name. The same id is the same picture. */
  logo?: { id: string; bytes: Uint8Array }
}

export interface PrintedInvoice {
  pdf: Uint8Array
  /** null: the buyer has no electronic address (a private person). */
  ubl: Uint8Array | null
}

export interface InvoicePrinter {
  /** @throws Failure electronic-invoice-unsound: a rule is broken, and so nothing is issued. */
  print(order: PrintOrder): Promise<PrintedInvoice>
}

export type WorkerReply =
  | { id: number; printed: PrintedInvoice }
  | { id: number; unsound: UblFault[] }
  | { id: number; fault: string }

function unsound(faults: readonly UblFault[]): Failure {
  return new Failure('electronic-invoice-unsound', {
    params: { rules: [...new Set(faults.map(({ rule }) => rule))].slice(0, MOST_NAMED).join(', ') },
    fields: faults.slice(0, MOST_NAMED).map(({ code, rule, where }) => ({
      path: 'ubl',
      code,
      params: { rule, where },
    })),
  })
}

const MOST_NAMED = 10
const IDLE_MS = 60_000
/** More threads than cores draw nothing faster, and each has fonts and libraries of its own. */
const MOST_THREADS = 4
/**
 * A drawing leaves little behind, but a heap without limits is cleaned late and grows to several times what is needed.
 * Twenty thousand lines, ten times what is ordered at most, fit.
 */
const MEMORY = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 }

interface Thread {
  worker: Worker
  waiting: Map<number, PromiseWithResolvers<PrintedInvoice>>
}

export function createInvoicePrinter(most = Math.min(availableParallelism(), MOST_THREADS)): InvoicePrinter {
  const threads = new Set<Thread>()
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  function lose(thread: Thread, error: Error): void {
    if (!threads.delete(thread)) return
    for (const { reject } of thread.waiting.values()) reject(error)
    thread.waiting.clear()
  }

  function begin(): Thread {
    const worker = new Worker(new URL('./print-worker.ts', import.meta.url), { resourceLimits: MEMORY })
    const thread: Thread = { worker, waiting: new Map() }
    // A process that has nothing else to do may end.
    worker.unref()
    worker.on('message', (reply: WorkerReply) => {
      const asked = thread.waiting.get(reply.id)
      thread.waiting.delete(reply.id)
      if ('printed' in reply) asked?.resolve(reply.printed)
      else if ('unsound' in reply) asked?.reject(unsound(reply.unsound))
      else asked?.reject(new Error(`the invoice could not be printed: ${reply.fault}`))
      if (thread.waiting.size === 0) worker.unref()
      if ([...threads].every(({ waiting }) => waiting.size === 0)) restUntilNeeded()
    })
    worker.on('error', (error: Error) => lose(thread, error))
    worker.on('exit', () => lose(thread, new Error('the printing thread ended')))
    threads.add(thread)
    return thread
  }

  /** The one with the least to do; another one where all are at work and there may be more. */
  function free(): Thread {
    const [least] = [...threads].toSorted((a, b) => a.waiting.size - b.waiting.size)
    return least && (least.waiting.size === 0 || threads.size >= most) ? least : begin()
  }

  function restUntilNeeded(): void {
    clearTimeout(idle)
    idle = setTimeout(() => {
      for (const thread of threads) {
        if (thread.waiting.size > 0) continue
        threads.delete(thread)
        void thread.worker.terminate()
      }
    }, IDLE_MS)
    idle.unref()
  }

  return {
    print(order) {
      const id = ++lastId
      const asked = Promise.withResolvers<PrintedInvoice>()
      const { worker, waiting } = free()
      waiting.set(id, asked)
      worker.ref()
      worker.postMessage({ id, order })
      return asked.promise
    },
  }
}
