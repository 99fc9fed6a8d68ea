import { getInvoiceDocument, invoiceIssued } from '@guichet/contracts/billing'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { effectId, on } from '@guichet/service'
import { onInvoiceIssued } from '../domain/telling.ts'
import type { Context } from './context.ts'

/** The company's billing contacts get the invoice, PDF and XML attached. */
export function onInvoiceIssuedEvent({ parts, facts, tell }: Context) {
  async function documentOf(
    eventId: string,
    invoiceId: string,
    format: 'pdf' | 'ubl',
  ): Promise<StoredAttachment> {
    const token = await parts.actors.own()
    const { blobId, name, size, type } = await parts.bus.requests.ask(
      getInvoiceDocument,
      { id: invoiceId, format },
      { token },
    )
    return { id: effectId(eventId, format), name, size, type, blobId }
  }

  return on(invoiceIssued, async ({ invoiceId, number, companyId, payable, ublBlobId }, event) => {
    const tellings = onInvoiceIssued(await facts.billingContactIds(companyId))
    if (tellings.length === 0) return
    const formats = ublBlobId === null ? (['pdf'] as const) : (['pdf', 'ubl'] as const)
    await tell(tellings, await facts.accounts(tellings.map(({ accountId }) => accountId)), {
      event,
      who: '',
      ticket: null,
      subject: '',
      path: `/invoices/${encodeURIComponent(number)}`,
      invoice: number,
      amount: payable,
      attachments: await Promise.all(formats.map((format) => documentOf(event.id, invoiceId, format))),
    })
  })
}
