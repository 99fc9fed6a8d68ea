/** Words in the three languages, side by side in one room. A key that a language lacks does not compile. */
import type { Language } from '@guichet/contracts/values/language'

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

export function inThree<T>(fr: T, nl: Words<T>, en: Words<T>): (language: Language) => Words<T> {
  const all: Record<Language, Words<T>> = { fr: fr as Words<T>, nl, en }
  return (language) => all[language]
}

/** `{ one: '{{n}} ticket', other: '{{n}} tickets' }` for this number; French counts zero as one. */
export function counted(forms: { one: string; other: string }, n: number, language: Language): string {
  const form = new Intl.PluralRules(language).select(n) === 'one' ? forms.one : forms.other
  return form.replace('{{n}}', new Intl.NumberFormat(`${language}-BE`).format(n))
}
