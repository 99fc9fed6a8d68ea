import { createHash } from 'node:crypto'
import type { Actor } from '@guichet/contracts/values/actor'
import type { ServiceParts } from '@guichet/service'
import type { Collections } from './collections.ts'
import type { Lull } from './lull.ts'
import type { MailGatewayConfig } from './config.ts'
import type { MailReader } from './parsing/reader.ts'
import type { Resolve } from './resolver.ts'

/** What every door, request and handler of the mail gateway works with. */
export interface Context {
  parts: ServiceParts<MailGatewayConfig>
  collections: Collections
  reader: MailReader
  /** When the doors are quiet. */
  lull: Lull
  /** Names of the mail's world: DNS. */
  resolve: Resolve
}

export const SELF: Actor = { kind: 'service', service: 'mail-gateway' }

export const nowOf = ({ parts }: Context): string =>
  parts.clock.now().toString({ smallestUnit: 'millisecond' })

/** Our Message-IDs end in a domain of their own: the house's people write from the bare one. */
export const messageIdDomain = ({ parts }: Context): string =>
  `guichet.${parts.config.SUPPORT_ADDRESS.split('@')[1] ?? 'localhost'}`

export const threadKey = ({ parts }: Context): Uint8Array => parts.secrets.key('mail-thread')

/** A Message-ID as a document's id. */
export const messageIdKey = (messageId: string): string =>
  createHash('sha256').update(messageId.trim()).digest('hex')
