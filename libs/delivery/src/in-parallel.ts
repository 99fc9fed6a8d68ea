/** Runs `work` over all, at most `width` at a time. All are run; the first error is thrown at the end. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = []
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) {
      try {
        await work(item)
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
  if (errors.length > 0) throw errors[0]
}
