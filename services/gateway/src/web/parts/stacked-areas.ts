/**
 * Figures over time as areas upon each other: what is above zero is stacked upwards, what is below downwards, and the
 * line of their sum goes where the two come to. Positions alone, for the eye: the digits are said elsewhere. Pure.
 */

export interface Series<Key extends string> {
  key: Key
  /** One for each moment, all series the same number. */
  values: readonly number[]
}

export interface Areas<Key extends string> {
  /** On the scale, lowest first, zero among them. */
  ticks: { value: number; y: number }[]
  bands: { key: Key; area: string; edge: string; endY: number }[]
  /** The sum at each moment. */
  sum: Point[]
}

export type Point = readonly [x: number, y: number]

/** Width and height of the plot in its own units; it is stretched to whatever room there is. */
export const SIDE = 1000

/** Steps of 1, 2, 2.5 or 5 times a power of ten: at most so many of them. */
const MOST_STEPS = 5
const HAIR = 1e-9
const ROOM_BELOW = 0.05

export function stackedAreas<Key extends string>(series: readonly Series<Key>[]): Areas<Key> {
  const moments = series[0]?.values.length ?? 0
  const xOf = (at: number) => (moments < 2 ? 0 : near((at / (moments - 1)) * SIDE))
  const times = Array.from({ length: moments }, (_, at) => at)
  const sumAt = (at: number, part: (value: number) => number) =>
    series.reduce((total, { values }) => total + part(values[at] ?? 0), 0)
  const lowest = Math.min(0, ...times.map((at) => sumAt(at, below)))
  const highest = Math.max(0, ...times.map((at) => sumAt(at, above)))
  const { low, high, steps } = scaleOf(lowest, highest)
  const yOf = (value: number) => near(((high - value) / (high - low)) * SIDE)

  const [up, down] = [times.map(() => 0), times.map(() => 0)]
  const bands = series.map(({ key, values }) => {
    const lines = [above, below].map((part, way) => {
      const base = way === 0 ? up : down
      const from = times.map((at): Point => [xOf(at), yOf(base[at] ?? 0)])
      for (const at of times) base[at] = (base[at] ?? 0) + part(values[at] ?? 0)
      const to = times.map((at): Point => [xOf(at), yOf(base[at] ?? 0)])
      return { from, to, isThere: values.map((value) => part(value) !== 0) }
    })
    const drawn = lines.filter(({ isThere }) => isThere.includes(true))
    const last = values.at(-1) ?? 0
    const end = last < 0 || (last === 0 && drawn[0] === lines[1]) ? lines[1]! : lines[0]!
    return {
      key,
      area: drawn.map(({ from, to }) => `${pathOf([...to, ...from.toReversed()])}Z`).join(''),
      edge: drawn.map(edgeOf).join(''),
      endY: near(((end.from.at(-1)?.[1] ?? 0) + (end.to.at(-1)?.[1] ?? 0)) / 2),
    }
  })
  return {
    ticks: steps.map((value) => ({ value, y: yOf(value) })),
    bands,
    sum: times.map((at) => [xOf(at), yOf(sumAt(at, (value) => value))]),
  }
}

/** Where there is something between it and what it stands on. */
function edgeOf({ to, isThere }: { to: readonly Point[]; isThere: readonly boolean[] }): string {
  const isDrawn = to.map((_, at) => at > 0 && (isThere[at] === true || isThere[at - 1] === true))
  return to
    .flatMap(([x, y], at) => {
      if (isDrawn[at]) return [`L${x} ${y}`]
      return isDrawn[at + 1] ? [`M${x} ${y}`] : []
    })
    .join('')
}

export const pathOf = (points: readonly Point[]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')

/** Names beside the ends of lines, `gap` apart at least and all within the side, each as near to its own as it goes. */
export function apart<Name extends { y: number }>(names: readonly Name[], gap: number): Name[] {
  const placed = names.toSorted((a, b) => a.y - b.y).map((name) => ({ ...name }))
  const last = SIDE - gap / 2
  placed.forEach((name, at) => {
    const before = placed[at - 1]
    name.y = Math.max(name.y, before ? before.y + gap : gap / 2)
  })
  for (let at = placed.length - 1; at >= 0; at -= 1) {
    const [name, after] = [placed[at], placed[at + 1]]
    if (name) name.y = near(Math.min(name.y, after ? after.y - gap : last))
  }
  return placed
}

/** Upwards to a whole step; downwards no further than there is something, or a small credit would take a quarter. */
function scaleOf(lowest: number, highest: number): { low: number; high: number; steps: number[] } {
  const span = highest - lowest || 1
  const rough = span / MOST_STEPS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? span
  // A float that is a hair off a step is on it.
  const from = Math.floor(lowest / step + HAIR)
  const to = Math.max(Math.ceil(highest / step - HAIR), from + 1)
  const all = Array.from({ length: to - from + 1 }, (_, at) => Number(((from + at) * step).toPrecision(12)))
  const low = lowest < 0 ? Math.max(all[0] ?? 0, lowest - span * ROOM_BELOW) : 0
  return { low, high: all.at(-1) ?? 1, steps: all.filter((each) => each >= low) }
}

const above = (value: number) => Math.max(0, value)
const below = (value: number) => Math.min(0, value)
/** Two decimals: no eye sees more, and no path has to carry more. */
const near = (value: number) => Math.round(value * 100) / 100 || 0
