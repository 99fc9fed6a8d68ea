import { invoiceIssued } from '@guichet/contracts/billing'
import { on } from '@guichet/service'
import { onInvoiceIssued } from '../domain/telling.ts'
import type { Context } from './context.ts'

/** The company's billing contacts get the invoice, PDF and XML attached. */
export function onInvoiceIssuedEvent({ facts, tell }: Context) {
  return on(invoiceIssued, async ({ invoiceId, number, companyId, kind, payable, ublBlobId }, event) => {
    const tellings = onInvoiceIssued(await facts.billingContactIds(companyId), kind)
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
      attachments: await Promise.all(
        formats.map((format) => facts.invoiceDocument(event.id, invoiceId, format)),
      ),
    })
  })
}
