/** The ARC chain of a mail (RFC 8617), where all of it holds: who sealed, and what each found. */
import type { ARCChainEntry, ARCData, DKIMVerifyResult } from 'mailauth'
import { readResults } from './authentication-results.ts'
import type { SealedSet } from './domain/sealed.ts'
import { isFinal, type Resolve } from './resolver.ts'

export interface Seals {
  /** The oldest first; none where the chain does not hold. */
  sets: SealedSet[]
  /** The newest sealer, where a name server did not answer for the chain. */
  unanswered: string | null
}

export async function sealedSets(signed: DKIMVerifyResult, resolve: Resolve): Promise<Seals> {
  const data = signed.arc
  if (!data?.chain || data.chain.length === 0) return { sets: [], unanswered: null }
  // What its servers wrote is read before mailauth rewrites its own reading of it.
  const sets = data.chain.map((set) => ({
    sealer: sealerOf(set),
    evidence: readResults(fieldOf(set['arc-authentication-results'])),
  }))
  const { arc } = await import('mailauth')
  // To mailauth all failures of a chain are for good (RFC 8617 §5.2): that a name server was silent is seen here.
  let silent = data.lastEntry?.messageSignature?.status.result === 'temperror'
  const { status } = await arc(data as ARCData, {
    resolver: async (name, type) => {
      try {
        return (await resolve(name, type)) as string[][]
      } catch (error) {
        if (!isFinal(error)) silent = true
        throw error
      }
    },
  })
  if (status.result === 'pass') return { sets, unanswered: null }
  return { sets: [], unanswered: silent ? (sets.at(-1)?.sealer ?? null) : null }
}

function sealerOf(set: ARCChainEntry): string {
  const { parsed } = (set['arc-seal'] ?? {}) as { parsed?: { d?: { value?: unknown } } }
  return typeof parsed?.d?.value === 'string' ? parsed.d.value.toLowerCase() : ''
}

/** mailauth types it as text and gives the bytes. */
const fieldOf = (header: unknown): Uint8Array | string =>
  (header as { original?: Uint8Array | string } | undefined)?.original ?? ''
