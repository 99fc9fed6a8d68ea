/** What every request of identity works with. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { AccountTokenSigner } from '@guichet/access'
import type { ServiceParts } from '@guichet/service'
import type { Collections } from './collections.ts'
import type { IdentityConfig } from './config.ts'
import type { Passwords } from './passwords.ts'
import type { Throttle } from './throttle.ts'

export interface Context {
  parts: ServiceParts<IdentityConfig>
  collections: Collections
  passwords: Passwords
  throttle: Throttle
  /** Made at the first use: the key is in the store. */
  signer: () => Promise<AccountTokenSigner>
}

export const now = ({ parts }: Context): string => parts.clock.now().toString({ smallestUnit: 'millisecond' })

/** Hours may have a fraction. */
export function later({ parts }: Context, hours: number): string {
  return parts.clock
    .now()
    .add({ minutes: Math.round(hours * 60) })
    .toString({ smallestUnit: 'millisecond' })
}

/** 256 bits: session cookies, API tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** At rest a secret is its hash: a dump of the store opens nothing. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** The secret of a link, made from its random id by a key that is not in the store. */
export function linkToken({ parts }: Context, linkId: string): string {
  return createHmac('sha256', parts.secrets.key('link')).update(linkId).digest('base64url')
}
