/** The printing thread. One order at a time, in the order they came. */
import { parentPort } from 'node:worker_threads'
import { invoicePdf } from '../../templates/invoice-pdf.ts'
import type { PrintedInvoice, PrintOrder, WorkerReply } from './invoice-printer.ts'
import { invoiceUbl, withPaper } from './invoice-ubl.ts'
import { ublFaults } from './ubl-check/rules.ts'

let before: Promise<void> = Promise.resolve()

parentPort?.on('message', ({ id, order }: { id: number; order: PrintOrder }) => {
  before = before.then(async () => {
    const reply = await printed(id, order)
    parentPort?.postMessage(reply, 'printed' in reply ? buffersOf(reply.printed) : [])
  })
})

async function printed(id: number, order: PrintOrder): Promise<WorkerReply> {
  try {
    const inside = invoiceUbl(order)
    const unsound = inside ? ublFaults(inside) : []
    if (unsound.length > 0) return { id, unsound }
    const pdf = await invoicePdf(order, inside)
    return { id, printed: { pdf, ubl: inside && withPaper(inside, order.issued.number, pdf) } }
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** Handed over, not copied. A buffer of Node's own pool is shared with others: such a one is copied all the same. */
function buffersOf({ pdf, ubl }: PrintedInvoice): ArrayBuffer[] {
  return [pdf, ubl].flatMap((bytes) =>
    bytes && bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
      ? [bytes.buffer]
      : [],
  )
}
