/** Decimals as the reader writes them: with a comma, but in English. The digits stay as they are. */
import type { Language } from '@guichet/contracts/values/language'

export const localDecimal = (value: string, language: Language): string =>
  language === 'en' ? value : value.replace('.', ',')

/** As it was typed, either way. */
export const decimalIn = (typed: string | undefined): string => (typed ?? '').trim().replace(',', '.')
