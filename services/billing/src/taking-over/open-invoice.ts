/** An invoice of another system is kept under its number, which is its key. */
import { invoiceTakenOver, type OpeningInvoice } from '@guichet/contracts/receivables'
import { Failure } from '@guichet/contracts/failure'
import type { Seller } from '@guichet/contracts/billing'
import type { Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { newEvent, STAFF_ONLY } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import { numberKey } from '../collections.ts'
import type { Context } from '../context.ts'
import type { CompanyFacts } from '../facts.ts'
import { totals, type InvoiceDocument } from '../domain/invoice.ts'
import { openingDocument } from '../domain/opening-invoice.ts'
import { missingOfSeller } from '../domain/seller.ts'

/** @throws Failure seller-missing */
export async function sellerOfOld(context: Context): Promise<Seller> {
  const seller = await context.seller()
  const missing = missingOfSeller(seller)
  if (!seller || missing.length > 0)
    throw new Failure('seller-missing', { params: { fields: missing.join(', ') } })
  return seller
}

export function documentOf(
  context: Context,
  invoice: OpeningInvoice,
  company: CompanyFacts,
  seller: Seller,
): InvoiceDocument {
  const { name, legalName, vatNumber, enterpriseNumber, address, language } = company
  return openingDocument(invoice, {
    companyId: company.id,
    buyer: { name, legalName, vatNumber, enterpriseNumber, address },
    seller,
    language,
    at: context.timestamp(),
  })
}

/** What is there under its number. @throws Failure invoice-number-used for an invoice of ours, another client's, or another amount */
export async function takenOver(
  { invoices }: Context,
  value: InvoiceDocument,
): Promise<Stored<InvoiceDocument> | undefined> {
  const number = numberKey(value.issued?.number ?? '')
  const [same] = (await invoices.find({ index: 'number', key: [number], limit: 1 })).items
  return same ? asSaid(same, value) : undefined
}

/** Once, however often it is said. @throws Failure invoice-number-used */
export async function takeOver(
  context: Context,
  value: InvoiceDocument,
  by: Actor,
): Promise<{ kept: Stored<InvoiceDocument>; isNew: boolean }> {
  const known = await takenOver(context, value)
  if (known) return { kept: known, isNew: false }
  const id = idFromKey('taken over', numberKey(value.issued?.number ?? ''))
  const { companyId } = value
  const event = newEvent(
    invoiceTakenOver,
    { invoiceId: id, number: value.issued?.number ?? '', companyId, amount: totals(value).gross },
    { actor: by, audience: STAFF_ONLY, at: context.now() },
  )
  // Versions never restart: one that was withdrawn may come again.
  const expectedVersion = (await context.invoices.tombstone(id)) ?? 0
  try {
    const { version } = await context.invoices.commit({ id, expectedVersion, value, events: [event] })
    return { kept: { id, version, value }, isNew: true }
  } catch (error) {
    const other = error instanceof VersionConflict ? await context.invoices.get(id) : undefined
    if (!other) throw error
    return { kept: asSaid(other, value), isNew: false }
  }
}

function asSaid(known: Stored<InvoiceDocument>, value: InvoiceDocument): Stored<InvoiceDocument> {
  const same =
    known.value.takenOver &&
    known.value.companyId === value.companyId &&
    totals(known.value).gross === totals(value).gross
  if (!same)
    throw new Failure('invoice-number-used', { params: { number: known.value.issued?.number ?? '' } })
  return known
}
