import { invoiceTakenOver, type takeOverInvoice } from '@guichet/contracts/receivables'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { newEvent, STAFF_ONLY } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import { numberKey } from '../collections.ts'
import type { Context } from '../context.ts'
import { totals, type InvoiceDocument } from '../domain/invoice.ts'
import { openingDocument, openingFaults } from '../domain/opening-invoice.ts'
import { missingOfSeller } from '../domain/seller.ts'
import { receivableView } from '../views/receivable-view.ts'

/** Under its number there is one: said again it is the same, unless another amount is said. */
export async function answerTakeOverInvoice(
  context: Context,
  { companyId, invoice }: InputOf<typeof takeOverInvoice>,
  actor: Actor,
): Promise<OutputOf<typeof takeOverInvoice>> {
  const { name, legalName, vatNumber, enterpriseNumber, address, language } =
    await context.facts.company(companyId)
  const faults = openingFaults(invoice, context.today())
  if (invoice.number.trim() === '') faults.push({ path: 'number', code: 'required' })
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  const seller = await context.seller()
  const missing = missingOfSeller(seller)
  if (!seller || missing.length > 0)
    throw new Failure('seller-missing', { params: { fields: missing.join(', ') } })
  const value = openingDocument(invoice, {
    companyId,
    buyer: { name, legalName, vatNumber, enterpriseNumber, address },
    seller,
    language,
    at: context.timestamp(),
  })
  return receivableView(await kept(context, value, actor), await context.reminderSettings(), context.today())
}

async function kept(context: Context, value: InvoiceDocument, by: Actor): Promise<Stored<InvoiceDocument>> {
  const number = numberKey(value.issued?.number ?? '')
  const id = idFromKey('taken over', number)
  const [same] = (await context.invoices.find({ index: 'number', key: [number], limit: 1 })).items
  if (same) return asSaid(same, value)
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
    return { id, version, value }
  } catch (error) {
    const other = error instanceof VersionConflict ? await context.invoices.get(id) : undefined
    if (!other) throw error
    return asSaid(other, value)
  }
}

/** @throws Failure invoice-number-used for an invoice of ours, another client's, or another amount */
function asSaid(known: Stored<InvoiceDocument>, value: InvoiceDocument): Stored<InvoiceDocument> {
  const same =
    known.value.takenOver &&
    known.value.companyId === value.companyId &&
    totals(known.value).gross === totals(value).gross
  if (!same)
    throw new Failure('invoice-number-used', { params: { number: known.value.issued?.number ?? '' } })
  return known
}
