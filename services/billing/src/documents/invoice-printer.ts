/**
 * Makes an invoice's documents in a worker thread, so that a page of PDF never holds up an answer. The thread, with
 * pdfkit, fonts and the XML library, starts at the first invoice and ends when none came for a minute.
 */
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
  /** PNG or JPEG; stands in the place of the seller's name. */
  logo?: Uint8Array
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

export function createInvoicePrinter(): InvoicePrinter {
  const waiting = new Map<number, PromiseWithResolvers<PrintedInvoice>>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  function fail(error: Error): void {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  function started(): Worker {
    if (worker) return worker
    const mine = new Worker(new URL('./print-worker.ts', import.meta.url))
    // A process that has nothing else to do may end.
    mine.unref()
    mine.on('message', (reply: WorkerReply) => {
      const asked = waiting.get(reply.id)
      waiting.delete(reply.id)
      if ('printed' in reply) asked?.resolve(reply.printed)
      else if ('unsound' in reply) asked?.reject(unsound(reply.unsound))
      else asked?.reject(new Error(`the invoice could not be printed: ${reply.fault}`))
      if (waiting.size === 0) restUntilNeeded(mine)
    })
    mine.on('error', (error: Error) => worker === mine && fail(error))
    mine.on('exit', () => worker === mine && fail(new Error('the printing thread ended')))
    worker = mine
    return mine
  }

  function restUntilNeeded(mine: Worker): void {
    mine.unref()
    clearTimeout(idle)
    idle = setTimeout(() => {
      if (worker !== mine || waiting.size > 0) return
      worker = undefined
      void mine.terminate()
    }, IDLE_MS)
    idle.unref()
  }

  return {
    print(order) {
      const id = ++lastId
      const asked = Promise.withResolvers<PrintedInvoice>()
      waiting.set(id, asked)
      const mine = started()
      mine.ref()
      mine.postMessage({ id, order })
      return asked.promise
    },
  }
}
