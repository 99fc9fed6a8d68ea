/** Whether the server hears us. What is sent meanwhile waits in memory, and an acknowledgement may come too late. */
import type { NatsConnection } from '@nats-io/transport-node'

export interface Link {
  isUp(): boolean
  /** False when it was not up again within `ms`. */
  up(ms: number): Promise<boolean>
}

export function watchLink(connection: NatsConnection): Link {
  let isUp = true
  const waiting = new Set<() => void>()

  async function watch(): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') isUp = false
      if (type !== 'reconnect') continue
      isUp = true
      for (const wake of waiting) wake()
    }
    isUp = false
  }
  void watch()

  return {
    isUp: () => isUp,
    up: (ms) =>
      new Promise((resolve) => {
        if (isUp || ms <= 0) return resolve(isUp)
        const done = () => {
          clearTimeout(timer)
          waiting.delete(done)
          resolve(isUp)
        }
        const timer = setTimeout(done, ms)
        waiting.add(done)
      }),
  }
}
