import type { Language } from '@guichet/contracts/values/language'
import { en } from './en.ts'
import { fr, type Texts } from './fr.ts'
import { nl } from './nl.ts'

const ALL: Record<Language, Texts> = { fr, nl, en }

export type { Texts }
export const textsIn = (language: Language): Texts => ALL[language]

/** Puts values into `{{name}}` places. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  )
}
