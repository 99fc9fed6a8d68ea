/** Keeps handing one event to its handler until it is handled, with a growing pause; nothing overtakes it meanwhile. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

/**
 * False when `stopped` cut it short or it is no longer ours to try: the event is not handled and comes again, here or
 * with another copy.
 */
export async function handleUntilDone(
  work: () => Promise<void>,
  stopped: AbortSignal,
  onFailure: (error: unknown) => void,
  isOurs: () => boolean = () => true,
): Promise<boolean> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    if (stopped.aborted || !isOurs()) return false
    try {
      await work()
      return true
    } catch (error) {
      onFailure(error)
    }
    await pauseUnlessStopped(pause, stopped)
  }
}

export function pauseUnlessStopped(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) return resolve()
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      stopped.removeEventListener('abort', done)
      resolve()
    }
    stopped.addEventListener('abort', done)
  })
}
