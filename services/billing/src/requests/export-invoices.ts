import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { exportInvoices } from '@guichet/contracts/receivables'
import { newBlobId } from '@guichet/store'
import type { Context } from '../context.ts'
import { daysBetween, isRealDay } from '../domain/days.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'
import { ledgerCsv } from '../domain/ledger-rows.ts'
import { issuedBetween } from '../exporting/issued-between.ts'
import { zipOf, type ZippedFile } from '../exporting/zip-files.ts'

/** A year and its closing day: more is two exports. */
const MOST_DAYS = 366

/** What is made is nobody's document: it is fetched at once, and swept after a day. */
export async function answerExportInvoices(
  context: Context,
  { from, to, format }: InputOf<typeof exportInvoices>,
): Promise<OutputOf<typeof exportInvoices>> {
  const faults = [
    ...(isRealDay(from) ? [] : [{ path: 'from', code: 'no-such-day' }]),
    ...(isRealDay(to) ? [] : [{ path: 'to', code: 'no-such-day' }]),
    ...(from > to ? [{ path: 'to', code: 'ends-before-it-begins' }] : []),
  ]
  if (faults.length === 0 && daysBetween(from, to) > MOST_DAYS) {
    faults.push({ path: 'to', code: 'period-too-long' })
  }
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  const { blobs } = context.parts.store
  const name = `${from}_${to}`
  if (format === 'csv') {
    const issued: InvoiceDocument[] = []
    for await (const { value } of issuedBetween(context, from, to)) issued.push(value)
    const { id, size } = await blobs.put(newBlobId(), new TextEncoder().encode(ledgerCsv(issued)))
    return { blobId: id, name: `${name}.csv`, type: 'text/csv', size }
  }
  const { id, size } = await blobs.put(newBlobId(), zipOf(filesOf(context, from, to, format)))
  return { blobId: id, name: `${name}-${format}.zip`, type: 'application/zip', size }
}

/** The bytes as issued. */
async function* filesOf(
  context: Context,
  from: string,
  to: string,
  format: 'ubl' | 'pdf',
): AsyncGenerator<ZippedFile> {
  for await (const { value } of issuedBetween(context, from, to)) {
    const document = value.issued?.documents[format]
    if (!document || !value.issued) continue
    yield {
      name: document.name,
      bytes: await context.parts.store.blobs.read(document.blobId),
      day: value.issued.issuedOn,
    }
  }
}
