/** Figures as lines: what, how much, the floor beside it, and their ratio. */
export interface Figure {
  what: string
  value: number
  unit: string
  floor?: number
  floorName?: string
}

export function print({ what, value, unit, floor, floorName }: Figure): void {
  const own = `${what.padEnd(52)} ${round(value).padStart(9)} ${unit.padEnd(9)}`
  const beside =
    floor === undefined
      ? ''
      : `floor ${round(floor).padStart(9)} (${floorName ?? ''}), ${Math.round((100 * value) / floor)} %`
  console.log(`${own} ${beside}`.trimEnd())
}

export function heading(text: string): void {
  console.log(`\n${text}`)
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(2)
}
