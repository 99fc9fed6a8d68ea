/**
 * What is due to be sent goes a step further: its route is looked up, it is handed over, it is asked about. Each step
 * may be done twice: handing over carries a key, so that a lost answer does not send an invoice twice.
 */
import { deliveryChanged } from '@guichet/contracts/invoice-delivery'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { electronicAddress } from '../documents/electronic-address.ts'
import { after, newDelivery, type Outcome, type StoredDelivery } from '../domain/delivery.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'
import { inBatches } from '../drafting/in-batches.ts'
import { AccessPointRefusal, AccessPointTrouble } from './access-point.ts'

export const DELIVER_EVERY_MS = 2000
const AT_ONCE = 100
/** A step leads to the next at once; more than these in a row are none of ours. */
const MOST_STEPS = 3

/** Made when the invoice is issued, once. */
export async function beginDelivery(context: Context, invoiceId: string): Promise<void> {
  await retryOnConflict(async () => {
    const invoice = await context.invoices.get(invoiceId)
    if (!invoice?.value.issued || (await context.deliveries.get(invoiceId))) return
    const { number, buyer } = invoice.value.issued
    const value = newDelivery(
      { number, companyId: invoice.value.companyId, companyName: buyer.name, recipient: addressOf(buyer) },
      context.timestamp(),
    )
    await context.deliveries.commit({ id: invoiceId, expectedVersion: 0, value })
  })
}

/** Everything whose time has come. */
export async function deliverDue(context: Context): Promise<void> {
  const now = context.timestamp()
  const { items } = await context.deliveries.find({
    index: 'due',
    key: ['due'],
    order: 'asc',
    limit: AT_ONCE,
  })
  const due = items.filter(({ value }) => value.nextAt !== null && value.nextAt <= now)
  await inBatches(due, async ({ id }) => {
    try {
      for (let step = 0; step < MOST_STEPS && (await deliverStep(context, id)); step += 1);
    } catch (error) {
      // Another copy may have done the same: then its outcome stands. Anything else holds up no other invoice.
      if (!(error instanceof VersionConflict))
        context.parts.log.error({ err: error, invoice: id }, 'a delivery failed')
    }
  })
}

/** True where the next step may follow at once. */
async function deliverStep(context: Context, id: string): Promise<boolean> {
  const delivery = await context.deliveries.get(id)
  const invoice = await context.invoices.get(id)
  if (!delivery || !invoice?.value.issued) return false
  if (delivery.value.nextAt === null || delivery.value.nextAt > context.timestamp()) return false
  const outcome = await tried(context, delivery, invoice)
  const value = after(delivery.value, outcome, context.timestamp())
  await commitDelivery(context, delivery, value)
  return outcome.kind === 'route' && value.state === 'queued'
}

async function tried(
  { accessPoint, parts }: Context,
  { id, value: delivery }: Stored<StoredDelivery>,
  { value: invoice }: Stored<InvoiceDocument>,
): Promise<Outcome> {
  const documents = invoice.issued?.documents
  if (!invoice.issued || !documents?.pdf) throw new Error(`${id} is to be sent and is not issued`)
  try {
    switch (delivery.state) {
      case 'validated': {
        const reachable =
          accessPoint.channel === 'folder' ||
          (documents.ubl !== null && (await accessPoint.lookup(delivery.recipient)))
        return reachable
          ? { kind: 'route', channel: accessPoint.channel, reason: null }
          : { kind: 'route', channel: 'mail', reason: { code: 'recipient-not-on-network', said: null } }
      }
      case 'queued': {
        const read = async (blobId: string) => parts.store.blobs.read(blobId)
        const submissionId = await accessPoint.submit(
          {
            number: invoice.issued.number,
            issuedOn: invoice.issued.issuedOn,
            sender: addressOf(invoice.issued.seller),
            recipient: delivery.recipient,
            pdf: await read(documents.pdf.blobId),
            ubl: documents.ubl && (await read(documents.ubl.blobId)),
          },
          `${id}/${delivery.round}`,
        )
        return { kind: 'handed-over', submissionId, followed: accessPoint.follows }
      }
      default: {
        const progress = await accessPoint.status(delivery.submissionId ?? '')
        if (progress.state !== 'failed') return { kind: progress.state }
        return { kind: 'refused', reason: { code: 'access-point-refused', said: progress.said } }
      }
    }
  } catch (error) {
    if (error instanceof AccessPointTrouble) return { kind: 'trouble', reason: error.reason }
    if (error instanceof AccessPointRefusal) return { kind: 'refused', reason: error.reason }
    throw error
  }
}

/** A change of state is told; a mere next try is not. */
export async function commitDelivery(
  { deliveries, now }: Context,
  { id, version, value: before }: Stored<StoredDelivery>,
  value: StoredDelivery,
): Promise<void> {
  const { number, companyId, state, channel, reason } = value
  const told = newEvent(
    deliveryChanged,
    { invoiceId: id, number, companyId, state, channel, reason: reason?.code ?? null },
    { actor: { kind: 'service', service: 'billing' }, audience: STAFF_ONLY, at: now() },
  )
  await deliveries.commit({
    id,
    expectedVersion: version,
    value,
    events: state === before.state ? [] : [told],
  })
}

function addressOf(party: { vatNumber: string | null; enterpriseNumber: string | null }): string | null {
  const address = electronicAddress(party)
  return address ? `${address.scheme}:${address.id}` : null
}
