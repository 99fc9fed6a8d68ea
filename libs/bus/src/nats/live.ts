/** Live messages by plain NATS: every copy that watches gets them, nobody keeps them. */
import type { NatsConnection } from '@nats-io/transport-node'
import type { Live } from '../bus.ts'
import { showLive, type LiveMessage, type OnDefect } from '../codec.ts'

export function createNatsLive(connection: NatsConnection, onDefect: OnDefect): Live {
  return {
    announce: (contract, data, audience) => {
      if (!connection.isClosed())
        connection.publish(`live.${contract.subject}`, JSON.stringify({ data, audience }))
    },
    watch: async (contract, see) => {
      const subscription = connection.subscribe(`live.${contract.subject}`, {
        callback: (error, message) => {
          if (error) return onDefect(contract.subject, error)
          showLive(contract, see, () => message.json<LiveMessage>(), onDefect)
        },
      })
      await connection.flush()
      return {
        stop: () => {
          subscription.unsubscribe()
          return Promise.resolve()
        },
      }
    },
  }
}
