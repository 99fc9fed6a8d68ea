/**
 * Whether two kinds of work take the same time: the Mann–Whitney U test, in its normal approximation. |z| above 4
 * happens once in 15,000 runs by chance; a difference that an attacker could use gives far more.
 */
export function differenceOf(first: readonly number[], second: readonly number[]): number {
  const all = [...first.map((ms) => ({ ms, own: true })), ...second.map((ms) => ({ ms, own: false }))]
  all.sort((a, b) => a.ms - b.ms)
  let rankSum = 0
  for (let at = 0; at < all.length;) {
    let end = at
    while (end < all.length && all[end]?.ms === all[at]?.ms) end += 1
    // Equal ones share the mean of their ranks, which count from 1.
    const rank = (at + 1 + end) / 2
    rankSum += rank * all.slice(at, end).filter(({ own }) => own).length
    at = end
  }
  const [n, m] = [first.length, second.length]
  const u = rankSum - (n * (n + 1)) / 2
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

/** Milliseconds. Nobody tells less than this apart through a network, however often they ask. */
const RESOLUTION = 0.1

/**
 * Takes turns, in an order that changes, so that whatever else the machine does meets all kinds alike.
 * In tenths of a millisecond.
 */
export async function timesOf<Kind extends string>(
  samples: number,
  kinds: Record<Kind, (sample: number) => Promise<unknown>>,
): Promise<Record<Kind, number[]>> {
  const names = Object.keys(kinds) as Kind[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Kind, number[]>
  for (let sample = 0; sample < samples; sample++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(sample + turn) % names.length]
      if (name === undefined) continue
      const began = performance.now()
      await kinds[name](sample)
      times[name].push(Math.round((performance.now() - began) / RESOLUTION))
    }
  }
  return times
}
