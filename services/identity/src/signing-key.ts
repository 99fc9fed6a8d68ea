/** The key that signs account tokens: made once, kept in the store, the same for every copy. */
import {
  createAccountTokenSigner,
  generateSigningKey,
  publicHalf,
  type AccountTokenSigner,
} from '@guichet/access'
import type { Clock } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import type { Collections } from './collections.ts'

const ID = 'account-tokens'

export interface KeyRing {
  signer: () => Promise<AccountTokenSigner>
  publicJwk: () => Promise<Record<string, unknown>>
}

export function createKeyRing({ keys }: Pick<Collections, 'keys'>, clock: Clock): KeyRing {
  let loading: Promise<Record<string, unknown>> | undefined
  let signer: Promise<AccountTokenSigner> | undefined

  async function load(): Promise<Record<string, unknown>> {
    const known = await keys.get(ID)
    if (known) return known.value.privateJwk
    const fresh = { ...(await generateSigningKey()).privateJwk }
    try {
      await keys.commit({ id: ID, expectedVersion: 0, value: { privateJwk: fresh } })
      return fresh
    } catch (error) {
      // Another copy was first: its key counts.
      if (error instanceof VersionConflict) return await load()
      throw error
    }
  }

  async function privateJwk(): Promise<Record<string, unknown>> {
    loading ??= load()
    try {
      return await loading
    } catch (error) {
      loading = undefined
      throw error
    }
  }

  return {
    signer: async () => {
      signer ??= createAccountTokenSigner(await privateJwk(), () => clock.now())
      return await signer
    },
    publicJwk: async () => ({ ...(await publicHalf(await privateJwk())) }),
  }
}
