import { invoicePaid, type recordPayment } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import { newId } from '../account-of.ts'
import type { Context } from '../context.ts'
import { decimal, money, ZERO } from '../domain/amounts.ts'
import { isRealDay } from '../domain/days.ts'
import { openAmount, paidAmount, type InvoiceDocument } from '../domain/invoice.ts'
import { invoiceView } from '../views/invoice-view.ts'
import { invoiceForFinance } from './visible-invoice.ts'

/** A negative amount takes back what was recorded by mistake or bounced, never more than was paid. */
export async function answerRecordPayment(
  context: Context,
  { id: given, payment, idempotencyKey }: InputOf<typeof recordPayment>,
  actor: Actor,
): Promise<OutputOf<typeof recordPayment>> {
  const { id } = await invoiceForFinance(context, given, actor)
  const paymentId = newId(actor, `payment of ${id}`, idempotencyKey)
  return retryOnConflict(async () => {
    const stored = await context.invoices.get(id)
    if (!stored?.value.issued) throw new Failure('invoice-not-issued')
    const { value: invoice } = stored
    if (invoice.kind === 'credit-note') throw new Failure('credit-note-not-payable')
    if (invoice.payments.some((one) => one.id === paymentId)) return invoiceView(stored)
    const amount = decimal(payment.amount)
    if (amount.eq(ZERO)) throw fault('amount', 'amount-zero')
    if (!isRealDay(payment.paidOn)) throw fault('paidOn', 'no-such-day')
    if (paidAmount(invoice).plus(amount).lt(ZERO)) throw fault('amount', 'more-than-was-paid')

    const value: InvoiceDocument = {
      ...invoice,
      payments: [
        ...invoice.payments,
        {
          id: paymentId,
          amount: money(amount),
          paidOn: payment.paidOn,
          reference: payment.reference?.trim() || null,
          recordedAt: context.timestamp(),
        },
      ],
    }
    const event = newEvent(
      invoicePaid,
      {
        invoiceId: id,
        number: invoice.issued?.number ?? '',
        companyId: invoice.companyId,
        amount: money(amount),
        settled: openAmount(value).lte(ZERO),
      },
      { actor, audience: STAFF_ONLY, at: context.now() },
    )
    const { version } = await context.invoices.commit({
      id,
      expectedVersion: stored.version,
      value,
      events: [event],
    })
    return invoiceView({ id, version, value })
  })
}

function fault(path: string, code: string): Failure {
  return new Failure('invalid-input', { fields: [{ path, code }] })
}
