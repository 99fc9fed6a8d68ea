/** Both documents of an invoice, printed and durable before anything names them: content first, reference second. */
import { newBlobId } from '@guichet/store'
import type { Context } from '../context.ts'
import type { PrintOrder } from '../documents/invoice-printer.ts'
import type { DocumentReference, InvoiceDocument, Issued, PrintedDocuments } from '../domain/invoice.ts'
import { legalTermsOn } from '../domain/legal-terms.ts'
import { balancesOf } from '../domain/packs.ts'

export type IssuedFacts = Omit<Issued, 'documents'>
export type Documents = PrintedDocuments

/** All that stands on them; equal orders give equal bytes. */
export async function printOrderOf(
  context: Context,
  id: string,
  invoice: InvoiceDocument,
  issued: IssuedFacts,
): Promise<PrintOrder> {
  const { kind, lines, allowances, prepaid, tickets, period, credits } = invoice
  const { parts, law, packLedgers } = context
  const ledger = await packLedgers.get(invoice.companyId)
  const { PUBLIC_URL } = parts.config
  const logo = await context.logo()
  return {
    invoice: { kind, lines, allowances, prepaid, tickets, period, credits },
    issued,
    law: legalTermsOn(law, issued.issuedOn),
    packs: ledger ? balancesOf(ledger.value, id) : [],
    ...(logo && { logo }),
    ...(PUBLIC_URL !== '' && { ticketsAt: `${PUBLIC_URL}/tickets/` }),
  }
}

/** @throws Failure electronic-invoice-unsound */
export async function printedDocuments({ printer, parts }: Context, order: PrintOrder): Promise<Documents> {
  const { pdf, ubl } = await printer.print(order)
  const { number } = order.issued
  const store = async (bytes: Uint8Array, extension: string, type: string): Promise<DocumentReference> => {
    const { id: blobId, size, sha256 } = await parts.store.blobs.put(newBlobId(), bytes)
    return { blobId, size, sha256, type, name: `${number}.${extension}` }
  }
  const [paper, file] = await Promise.all([
    store(pdf, 'pdf', 'application/pdf'),
    ubl && store(ubl, 'xml', 'application/xml'),
  ])
  return { pdf: paper, ubl: file }
}

/** Nobody will name them: another was faster with this number, or it came to another one. */
export async function forget({ parts }: Context, documents: Documents): Promise<void> {
  for (const blobId of blobIdsOf(documents)) await parts.store.blobs.remove(blobId)
}

export function blobIdsOf({ pdf, ubl }: Documents): string[] {
  return [pdf.blobId, ...(ubl ? [ubl.blobId] : [])]
}
