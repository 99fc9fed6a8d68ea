/** Prometheus metrics, made once per registry: services of one process share it and differ by label. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function once<M>(registry: Registry, name: string, make: () => M): M {
  return (registry.getSingleMetric(name) as M | undefined) ?? make()
}

/** Rate, errors and duration of one kind of work: `<name>_seconds` with `outcome`, `ok` or the error's code. */
export function duration<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Histogram<Label | 'outcome'> {
  return once(
    registry,
    name,
    () =>
      new Histogram({
        name,
        help,
        labelNames: [...labelNames, 'outcome'],
        buckets: seconds,
        registers: [registry],
      }),
  )
}

export function counter<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Counter<Label> {
  return once(
    registry,
    name,
    () => new Counter({ name, help, labelNames: [...labelNames], registers: [registry] }),
  )
}

/**
 * A gauge that several parts of one process feed: each is asked when Prometheus asks. A part that cannot answer
 * leaves no sample rather than a wrong one.
 */
export interface SharedGauge<Label extends string> {
  /** Returns how to stop being asked. */
  feed(labels: Record<Label, string>, read: () => number | Promise<number>): () => void
}

const feeds = new WeakMap<Gauge, SharedGauge<string>>()

export function gauge<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): SharedGauge<Label> {
  const known = registry.getSingleMetric(name)
  const shared = known && feeds.get(known as Gauge)
  if (shared) return shared
  const readers = new Set<{ labels: Record<string, string>; read: () => number | Promise<number> }>()
  const metric = new Gauge<string>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    async collect() {
      this.reset()
      await Promise.all(
        [...readers].map(async ({ labels, read }) => {
          const value = await Promise.resolve()
            .then(read)
            .catch(() => undefined)
          if (value !== undefined) this.set(labels, value)
        }),
      )
    },
  })
  const made: SharedGauge<string> = {
    feed(labels, read) {
      const reader = { labels, read }
      readers.add(reader)
      return () => readers.delete(reader)
    },
  }
  feeds.set(metric, made)
  return made
}
