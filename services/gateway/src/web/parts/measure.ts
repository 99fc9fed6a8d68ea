/** How much of a prestation there was, as people say it: `45 min`, `37 km`, `3 pièces`. */
import type { Prestation } from '@guichet/contracts/billing'
import type { Language } from '@guichet/contracts/values/language'
import { invoiceTexts } from '../texts/invoices.ts'
import { duration } from './times.ts'

export function measure(
  { minutes, quantity, unit }: Pick<Prestation, 'minutes' | 'quantity' | 'unit'>,
  language: Language,
): string {
  if (minutes !== null) return duration(minutes)
  const figure = language === 'en' ? (quantity ?? '') : (quantity ?? '').replace('.', ',')
  // Without a price yet, nobody has said what is counted.
  return unit === undefined ? `× ${figure}` : `${figure} ${invoiceTexts(language).units[unit]}`
}
