/**
 * Belgium's structured communication (OGM/VCS): 10 digits and their remainder by 97, where 0 becomes 97.
 * Source: spec/invoicing.md section 4.
 */

/** `2026000001` → `+++202/6000/00192+++`. @throws RangeError for anything but 10 digits. */
export function structuredReference(base: string): string {
  if (!/^\d{10}$/.test(base)) throw new RangeError('a structured communication is made of 10 digits')
  const check = String(Number(BigInt(base) % 97n) || 97).padStart(2, '0')
  return `+++${base.slice(0, 3)}/${base.slice(3, 7)}/${base.slice(7)}${check}+++`
}

/** The 12 digits alone, as a QR code or a bank file wants them. */
export function referenceDigits(printed: string): string {
  return printed.replace(/\D/g, '')
}
