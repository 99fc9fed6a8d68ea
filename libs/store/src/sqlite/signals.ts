/** Who wants to know that events were written: the bus of all of them, a relay of its service's. */
export interface Signals {
  /** Inside a transaction: events of this service are being written. */
  touch: (service: string) => void
  /** After it: tells those who wait. */
  tell: () => void
  onAppend: (wake: () => void) => () => void
  onPending: (service: string, wake: () => void) => () => void
}

export function createSignals(): Signals {
  const readers = new Set<() => void>()
  const relays = new Map<string, Set<() => void>>()
  const touched = new Set<string>()

  return {
    touch: (service) => touched.add(service),
    tell: () => {
      if (touched.size === 0) return
      const services = [...touched]
      touched.clear()
      for (const wake of readers) wake()
      for (const service of services) for (const wake of relays.get(service) ?? []) wake()
    },
    onAppend: (wake) => {
      readers.add(wake)
      return () => readers.delete(wake)
    },
    onPending: (service, wake) => {
      const wakes = relays.get(service) ?? new Set()
      relays.set(service, wakes)
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
  }
}
