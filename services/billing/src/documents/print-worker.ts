/** The printing thread. One order at a time, in the order they came. */
import { parentPort } from 'node:worker_threads'
import { invoicePdf } from '../../templates/invoice-pdf.ts'
import type { PrintOrder, WorkerReply } from './invoice-printer.ts'
import { invoiceUbl } from './invoice-ubl.ts'
import { ublFaults } from './ubl-check/rules.ts'

let before: Promise<void> = Promise.resolve()

parentPort?.on('message', ({ id, order }: { id: number; order: PrintOrder }) => {
  before = before.then(async () => {
    parentPort?.postMessage(await printed(id, order))
  })
})

async function printed(id: number, order: PrintOrder): Promise<WorkerReply> {
  try {
    const inside = invoiceUbl(order, null)
    const unsound = inside ? ublFaults(inside) : []
    if (unsound.length > 0) return { id, unsound }
    const pdf = await invoicePdf(order, inside)
    return { id, printed: { pdf, ubl: invoiceUbl(order, pdf) } }
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
