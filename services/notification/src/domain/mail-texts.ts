/** The house's own words in its mails. Pure. */
import type { MailTexts } from '@guichet/contracts/notification'
import { Language } from '@guichet/contracts/values/language'

const LANGUAGES = Language.anyOf.map(({ const: language }) => language)
const KINDS = ['signature', 'receipt'] as const satisfies (keyof MailTexts)[]

/** Without blanks at either end, lines ended alike: what one sees is what is kept. */
export function trimmed(texts: MailTexts): MailTexts {
  const clean = (kind: (typeof KINDS)[number]) => {
    const { fr, nl, en } = texts[kind]
    const [one, two, three] = [fr, nl, en].map((text) => text.replaceAll('\r\n', '\n').trim())
    return { fr: one ?? '', nl: two ?? '', en: three ?? '' }
  }
  return { signature: clean('signature'), receipt: clean('receipt') }
}

/** `signature.fr` → its text: as the audit log tells changes. */
export function inLanguages(texts: MailTexts): Record<string, string> {
  return Object.fromEntries(
    KINDS.flatMap((kind) => LANGUAGES.map((language) => [`${kind}.${language}`, texts[kind][language]])),
  )
}
