/** Amounts, days and durations as a reader of the document's language writes them. No floats: figures are regrouped text. */
export type DocumentLanguage = 'fr' | 'nl' | 'en' | 'de'

const NARROW = '\u202f'
const GROUPING: Record<DocumentLanguage, { thousands: string; comma: string }> = {
  fr: { thousands: NARROW, comma: ',' },
  nl: { thousands: '.', comma: ',' },
  en: { thousands: ',', comma: '.' },
  de: { thousands: '.', comma: ',' },
}

/** `1234.5` → `1 234,5`. */
export function figure(text: string, language: DocumentLanguage): string {
  const [, sign = '', whole = '0', fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const { thousands, comma } = GROUPING[language]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands)
  return `${sign && '−'}${grouped}${fraction === undefined ? '' : comma + fraction}`
}

/** At least two decimals, as many as there are. */
export function amount(text: string, language: DocumentLanguage): string {
  const [whole = '0', fraction = ''] = text.split('.')
  return figure(`${whole}.${fraction.padEnd(2, '0')}`, language)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-11-24` → `24/11/2026`, `24 Nov 2026`, `24.11.2026`. */
export function day(iso: string, language: DocumentLanguage): string {
  const [year = '', month = '', date = ''] = iso.split('-')
  if (language === 'en') return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
  return [date, month, year].join(language === 'de' ? '.' : '/')
}

/** `80` → `1 h 20`. */
export function duration(minutes: number): string {
  const sign = minutes < 0 ? '−' : ''
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  if (hours === 0) return `${sign}${rest} min`
  return `${sign}${hours} h${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}`}`
}
