/** An invoice of another system, as it is kept here: one amount to be paid, no VAT of ours, no papers. Pure. */
import type { Seller } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'
import type { OpeningInvoice } from '@guichet/contracts/receivables'
import { decimal, LARGEST, money, ZERO } from './amounts.ts'
import { isRealDay } from './days.ts'
import { NEW_INVOICE, type InvoiceDocument, type Party } from './invoice.ts'

export function openingFaults(
  { issuedOn, dueOn, amount, paid = '0' }: OpeningInvoice,
  today: string,
): FieldFault[] {
  const faults: FieldFault[] = []
  const fault = (path: keyof OpeningInvoice, code: string) => faults.push({ path, code })
  if (!isRealDay(issuedOn)) fault('issuedOn', 'no-such-day')
  else if (issuedOn > today) fault('issuedOn', 'day-in-the-future')
  if (!isRealDay(dueOn)) fault('dueOn', 'no-such-day')
  else if (dueOn < issuedOn) fault('dueOn', 'ends-before-it-begins')
  if (decimal(amount).lte(ZERO)) fault('amount', 'amount-not-positive')
  else if (decimal(amount).gt(LARGEST)) fault('amount', 'amount-too-large')
  if (decimal(paid).lt(ZERO) || decimal(paid).gte(decimal(amount))) fault('paid', 'nothing-left-to-pay')
  return faults
}

export interface OpeningFacts {
  companyId: string
  buyer: Party
  seller: Seller
  language: NonNullable<InvoiceDocument['issued']>['language']
  at: string
}

/** Its VAT was declared by the system that issued it: here the whole amount is one line without any. */
export function openingDocument(given: OpeningInvoice, facts: OpeningFacts): InvoiceDocument {
  const number = given.number.trim()
  const paid = decimal(given.paid ?? '0')
  return {
    ...NEW_INVOICE,
    stage: 'issued',
    takenOver: true,
    companyId: facts.companyId,
    companyName: facts.buyer.name,
    createdAt: facts.at,
    lines: [
      {
        id: '1',
        description: number,
        note: null,
        quantity: '1',
        unit: 'piece',
        price: money(decimal(given.amount)),
        per: 1,
        discountPercent: null,
        vatRate: '0',
        vatCategory: 'E',
        ticket: null,
        workedOn: null,
        prestationId: null,
        packId: null,
        minutesWorked: null,
        agent: null,
        kind: null,
        net: money(decimal(given.amount)),
      },
    ],
    issued: {
      number,
      issuedOn: given.issuedOn,
      dueOn: given.dueOn,
      structuredReference: given.structuredReference?.trim() || null,
      seller: facts.seller,
      buyer: facts.buyer,
      language: facts.language,
      reference: null,
      documents: { pdf: null, ubl: null },
    },
    payments: paid.eq(ZERO)
      ? []
      : [
          {
            id: 'before',
            amount: money(paid),
            paidOn: given.issuedOn,
            reference: null,
            recordedAt: facts.at,
          },
        ],
  }
}
