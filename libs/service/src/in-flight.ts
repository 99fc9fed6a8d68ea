/** What is being worked on, so that a stop can wait for it. */
export interface InFlight {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Resolves once nothing that had begun is still running. */
  settled(): Promise<void>
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>()
  return {
    run(work) {
      const promise = work()
      running.add(promise)
      const done = () => void running.delete(promise)
      promise.then(done, done)
      return promise
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
