/** Commits that wait together share one fsync: so many at a time. */
const BATCH = 16

/** All are done; the first error is thrown at the end. Results in the order of `items`. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += BATCH) {
    const settled = await Promise.allSettled(items.slice(at, at + BATCH).map(work))
    const failed = settled.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    results.push(...settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
  }
  return results
}
