/** i18next over our own typed catalogues: a missing key is a compile error, not a key on a customer's screen. */
import type { Language } from '@guichet/contracts/values/language'
import i18next from 'i18next'
import { en } from './en.ts'
import { fr, type Texts } from './fr.ts'
import { nl } from './nl.ts'

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Leaves<T[K], `${Prefix}${K}.`>
}[keyof T & string]
export type TextKey = Leaves<Texts>

const catalogue = i18next.createInstance({
  resources: { fr: { translation: fr }, nl: { translation: nl }, en: { translation: en } },
  fallbackLng: false,
  // No key can be missing (see Texts); what i18next takes for missing is a text that is empty on purpose.
  parseMissingKeyHandler: () => '',
  // Templates escape for HTML; plain text and subjects must not be.
  interpolation: { escapeValue: false },
})
await catalogue.init()

export function words(
  language: Language,
  key: TextKey,
  params: Record<string, string | number> = {},
): string {
  return catalogue.t(key, { lng: language, ...params })
}
