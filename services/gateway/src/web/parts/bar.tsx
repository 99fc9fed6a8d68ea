/** A figure as a bar beside it: its row says it in digits, so nobody needs to see this. */

/**
 * @param share of the longest, 0 to 1; what is below 0 has no bar
 */
export function Bar({ share }: { share: number }) {
  const width = `${(Math.max(0, Math.min(1, share)) * 100).toFixed(1)}%`
  return (
    <svg class="bar" aria-hidden="true" focusable="false">
      <rect width={width} height="100%" rx="2" />
    </svg>
  )
}

/** For the length of bars alone: a float is near enough for what the eye compares. */
export function sharesOf(amounts: readonly string[]): number[] {
  const values = amounts.map(Number)
  const most = Math.max(0, ...values)
  return values.map((value) => (most === 0 ? 0 : value / most))
}
