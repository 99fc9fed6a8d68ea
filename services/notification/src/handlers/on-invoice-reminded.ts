import { invoiceReminded } from '@guichet/contracts/receivables'
import { on } from '@guichet/service'
import { onInvoiceReminded } from '../domain/telling.ts'
import type { Context } from './context.ts'

/** The company's billing contacts are reminded, the invoice's PDF attached: it says how to pay. */
export function onInvoiceRemindedEvent({ facts, tell }: Context) {
  return on(invoiceReminded, async (reminded, event) => {
    const { invoiceId, number, companyId, level, open, dueOn, structuredReference } = reminded
    const tellings = onInvoiceReminded(await facts.billingContactIds(companyId), level)
    if (tellings.length === 0) return
    await tell(tellings, await facts.accounts(tellings.map(({ accountId }) => accountId)), {
      event,
      who: '',
      ticket: null,
      subject: '',
      path: `/invoices/${encodeURIComponent(number)}`,
      invoice: number,
      amount: open,
      dueOn,
      communication: structuredReference ?? number,
      attachments: reminded.withoutDocument ? [] : [await facts.invoiceDocument(event.id, invoiceId, 'pdf')],
    })
  })
}
