/**
 * Waits for the thing itself: asks again and again until the answer is neither false nor nothing, and returns it.
 * What was thrown last, or what was waited for, is in the error when it takes too long.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { timeoutMs = 10_000 } = {},
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + timeoutMs
  let last: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== false && answer !== undefined && answer !== null) {
        return answer as Exclude<T, false | null | undefined>
      }
      last = undefined
    } catch (error) {
      last = error
    }
    if (performance.now() > deadline)
      throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
