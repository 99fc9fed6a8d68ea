/**
 * The text of an EPC QR code ("scan to pay"). Source: EPC069-12 version 2.1, format version 002; spec/invoicing.md
 * section 4.
 */
import { decimal, ZERO } from './amounts.ts'

export interface EpcPayment {
  name: string
  iban: string
  bic: string | null
  /** `"68.38"`, more than 0. */
  amount: string
  /** `+++202/6000/00192+++` */
  structuredReference: string | null
  /** Used where there is no structured reference. */
  text: string
}

/** Bytes of a QR version 13 at correction level M: what banks' readers are bound to take. */
export const EPC_MAX_BYTES = 331
const MOST_AMOUNT = decimal('999999999.99')

/** undefined: such a payment has no QR code (nothing to pay, or too large for the scheme). */
export function epcPayment(payment: EpcPayment): string | undefined {
  const amount = decimal(payment.amount)
  if (amount.lte(ZERO) || amount.gt(MOST_AMOUNT)) return undefined
  const name = [...oneLine(payment.name)].slice(0, 70)
  const text = payment.structuredReference ? [] : [...oneLine(payment.text)].slice(0, 140)
  // Characters are counted by the fields, bytes by the code: the free text gives way first, then the name.
  while (Buffer.byteLength(written(payment, name, text)) > EPC_MAX_BYTES) {
    if (text.length > 0) text.pop()
    else name.pop()
  }
  return written(payment, name, text)
}

function written(payment: EpcPayment, name: readonly string[], text: readonly string[]): string {
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    payment.bic ?? '',
    name.join(''),
    payment.iban,
    `EUR${payment.amount}`,
    '',
    payment.structuredReference?.replace(/\D/g, '') ?? '',
    text.join(''),
  ]
  // What is empty at the end is left out.
  return lines.join('\n').trimEnd()
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
