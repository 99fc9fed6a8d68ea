/** Open invoices from a table: looked over and taken by the same walk, with and without writing. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { OpeningInvoiceLine, takeOverInvoices } from '@guichet/contracts/take-over'
import type { Actor } from '@guichet/contracts/values/actor'
import { numberKey } from '../collections.ts'
import type { Context } from '../context.ts'
import { decimal, money, sum } from '../domain/amounts.ts'
import {
  clientCalled,
  INVOICE_COLUMNS,
  readInvoiceLine,
  type ColumnFault,
  type InvoiceColumn,
  type ReadInvoice,
} from '../domain/opening-table.ts'
import { inBatches } from '../drafting/in-batches.ts'
import { documentOf, sellerOfOld, takenOver, takeOver } from '../taking-over/open-invoice.ts'
import { clientOf, countsOf, openTable } from '../taking-over/table.ts'

const REQUIRED = ['number', 'issuedOn', 'dueOn', 'amount'] as const

export async function answerTakeOverInvoices(
  context: Context,
  { blobId, commit, language = 'fr' }: InputOf<typeof takeOverInvoices>,
  actor: Actor,
): Promise<OutputOf<typeof takeOverInvoices>> {
  const seller = await sellerOfOld(context)
  const columns = INVOICE_COLUMNS
  const table = await openTable<InvoiceColumn>(context, blobId, { columns, required: REQUIRED, language })
  const firsts = new Map<string, number>()
  const today = context.today()
  const read = table.rows.map((row) => {
    const said = readInvoiceLine(row.cell, today)
    const whose = table.whose(clientOf(row.cell))
    const faults: ColumnFault<InvoiceColumn>[] = [...('client' in whose ? [] : [whose]), ...said.faults]
    // Which of two lines counts is not ours to say.
    const before = firsts.get(numberKey(said.number))
    if (before !== undefined) faults.push({ column: 'number', code: 'line-twice', params: { line: before } })
    else if (said.number !== '') firsts.set(numberKey(said.number), row.line)
    return { row, said, faults, company: 'client' in whose ? whose.client : undefined }
  })
  // Each by itself: what a crash cut off is known or new to the next try.
  const lines = await inBatches(read, async ({ row, said, faults, company }): Promise<OpeningInvoiceLine> => {
    let outcome: OpeningInvoiceLine['outcome'] = 'faulty'
    if (faults.length === 0 && company && said.invoice) {
      const value = documentOf(context, said.invoice, company, seller)
      try {
        const isNew = commit
          ? (await takeOver(context, value, actor)).isNew
          : !(await takenOver(context, value))
        outcome = isNew ? 'new' : 'known'
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'invoice-number-used') throw error
        outcome = 'faulty'
        faults.push({ column: 'number', code: error.code, params: error.params })
      }
    }
    return {
      line: row.line,
      client: clientCalled(row.cell),
      company: company ? { id: company.id, name: company.name } : null,
      outcome,
      faults: table.faultsOf(faults),
      ...amountsOf(said),
    }
  })
  const made = lines.flatMap(({ outcome, open }) =>
    outcome === 'new' && open !== null ? [decimal(open)] : [],
  )
  return { lines, ...countsOf(lines), open: money(sum(made)), currency: 'EUR' }
}

function amountsOf({ number, issuedOn, dueOn, amount, paid, structuredReference }: ReadInvoice) {
  return {
    number,
    issuedOn,
    dueOn,
    amount: amount === null ? null : money(decimal(amount)),
    paid: paid === null ? null : money(decimal(paid)),
    open: amount === null ? null : money(decimal(amount).minus(decimal(paid ?? '0'))),
    structuredReference,
  }
}
