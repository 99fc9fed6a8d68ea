/** Days, decimals and hours as people and table programs in our countries write them. Nothing is guessed. Pure. */
import { decimal } from './amounts.ts'
import { isRealDay } from './days.ts'

/** What was read, or the code of what is wrong with it. */
export type Read<T> = { value: T } | { fault: string }

const SPACES = /[\s\u00a0\u202f]/g

/** `24/11/2026`, `24-11-2026`, `24.11.2026` or `2026-11-24`, with midnight behind it where a program adds that. */
export function readDay(written: string): Read<string> {
  const text = written.trim().replace(/[T ]0?0:00(:00(\.0+)?)?Z?$/, '')
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  const iso = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return { fault: 'day-unreadable' }
  return isRealDay(iso) ? { value: iso } : { fault: 'day-unreadable' }
}

/**
 * `1.234,56`, `1 234,56`, `1,234.56`, `1234.5`, `€ 12,50`. One separator with three digits behind it may be either, a
 * thousand or a decimal: it is refused.
 *
 * @param decimals how many count; more are a fault, unless they are zeros
 */
export function readDecimal(written: string, decimals: number): Read<string> {
  const text = written.replace(SPACES, '').replace(/^(€|EUR)|(€|EUR)$/gi, '')
  const [, sign = '', digits = ''] = /^([-−]?)(\d[\d.,]*)$/.exec(text) ?? []
  if (digits === '') return { fault: 'decimal-unreadable' }
  const parts = split(digits)
  if ('fault' in parts) return parts
  const fraction = parts.fraction.replace(/0+$/, '')
  if (fraction.length > decimals) return { fault: 'too-many-decimals' }
  if (parts.whole.length > 12) return { fault: 'amount-too-large' }
  return { value: `${sign === '' ? '' : '-'}${parts.whole}${fraction === '' ? '' : `.${fraction}`}` }
}

function split(digits: string): { whole: string; fraction: string } | { fault: string } {
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'))
  if (last === -1) return { whole: trimmed(digits), fraction: '' }
  const mark = digits.charAt(last)
  const other = mark === ',' ? '.' : ','
  const alone = digits.indexOf(mark) === last
  const [before, after] = [digits.slice(0, last), digits.slice(last + 1)]
  if (!alone) {
    // Twice the same: thousands, in their groups or not to be read.
    if (digits.includes(other) || !isGrouped(digits, mark)) return { fault: 'decimal-unreadable' }
    return { whole: trimmed(digits.replaceAll(mark, '')), fraction: '' }
  }
  if (before.includes(other)) {
    if (!isGrouped(before, other) || after === '') return { fault: 'decimal-unreadable' }
    return { whole: trimmed(before.replaceAll(other, '')), fraction: after }
  }
  if (after === '') return { fault: 'decimal-unreadable' }
  if (after.length === 3 && before.length <= 3 && !before.startsWith('0'))
    return { fault: 'thousand-or-decimal' }
  return { whole: trimmed(before), fraction: after }
}

const isGrouped = (text: string, mark: string) => new RegExp(`^[1-9]\\d{0,2}(\\${mark}\\d{3})+$`).test(text)
const trimmed = (whole: string) => whole.replace(/^0+(?=\d)/, '')

/** Hours as `12:20`, `12h20`, `12 h`, `12,5`: whole minutes. */
export function readMinutes(written: string): Read<number> {
  const text = written.replace(SPACES, '').replace(/(h|u)$/i, '')
  const [, hours, minutes] = /^(\d{1,6})[:hu](\d\d)$/i.exec(text) ?? []
  if (hours !== undefined && minutes !== undefined)
    return Number(minutes) < 60
      ? { value: Number(hours) * 60 + Number(minutes) }
      : { fault: 'hours-unreadable' }
  const read = readDecimal(text, 6)
  if ('fault' in read) return { fault: read.fault === 'decimal-unreadable' ? 'hours-unreadable' : read.fault }
  const exact = decimal(read.value).times(decimal('60'))
  if (!exact.eq(exact.round(0))) return { fault: 'hours-not-whole-minutes' }
  return { value: exact.toNumber() }
}
