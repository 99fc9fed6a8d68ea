/**
 * The text of a EPC QR code ("scan to pay"). Source: EPC069-12 version 2.1, format version 002; spec/invoicing.md
 * section 4.
 */

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
const MOST_AMOUNT = 999_999_999.99

/** undefined: such a payment has no QR code (nothing to pay, or too large for the scheme). */
export function epcPayment(payment: EpcPayment): string | undefined {
  const amount = Number(payment.amount)
  if (amount <= 0 || amount > MOST_AMOUNT) return undefined
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    payment.bic ?? '',
    clipped(payment.name, 70),
    payment.iban,
    `EUR${payment.amount}`,
    '',
    payment.structuredReference?.replace(/\D/g, '') ?? '',
    payment.structuredReference ? '' : clipped(payment.text, 140),
  ]
  // What is empty at the end is left out.
  const text = lines.join('\n').trimEnd()
  return Buffer.byteLength(text) <= EPC_MAX_BYTES ? text : undefined
}

/** One line, by characters as people count them. */
function clipped(text: string, most: number): string {
  return [...text.replace(/\s+/g, ' ').trim()].slice(0, most).join('')
}
