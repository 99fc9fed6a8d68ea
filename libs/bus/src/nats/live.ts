/** Live messages by plain NATS: every copy that watches gets them, nobody keeps them. */
import type { LiveContract } from '@guichet/contracts/definition'
import type { Audience } from '@guichet/contracts/envelope'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Live } from '../bus.ts'

interface LiveMessage {
  data: never
  audience: Audience
}

export function createNatsLive(connection: NatsConnection): Live {
  return {
    announce: (contract, data, audience) => {
      if (!connection.isClosed())
        connection.publish(`live.${contract.subject}`, JSON.stringify({ data, audience }))
    },
    watch: async (contract: LiveContract, see: (data: never, audience: Audience) => void) => {
      const subscription = connection.subscribe(`live.${contract.subject}`, {
        callback: (error, message) => {
          if (error) return
          const { data, audience } = message.json<LiveMessage>()
          see(data, audience)
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
