import type { Language } from '@guichet/contracts/values/language'

const SPOKEN: readonly Language[] = ['fr', 'nl', 'en']

/** The first language of an Accept-Language header (RFC 9110 §12.5.4) that the product speaks; French else. */
export function preferredLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) }
    })
    .sort((a, b) => b.quality - a.quality)
  for (const { language, quality } of wanted) {
    const spoken = SPOKEN.find((each) => each === language)
    if (spoken && quality > 0) return spoken
  }
  return 'fr'
}
