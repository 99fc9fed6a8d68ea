/** Calendar days, as people write them: `2026-11-24`. */
export { dayIn, isRealDay } from '@guichet/contracts/values/day'

export function plusDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days
}

/** Days sort as text. */
export function latest(a: string, b: string | null): string {
  return b !== null && b > a ? b : a
}
