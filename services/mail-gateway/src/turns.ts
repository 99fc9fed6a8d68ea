/** Work that is done one after the other, in the order it was asked for; what fails, fails for itself alone. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    // Only that it is over: what came of it may be large, and is nobody's here.
    last = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }
}
