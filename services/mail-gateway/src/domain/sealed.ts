/** Whose word counts in a chain of ARC seals (RFC 8617), once all of its seals are found to be genuine. Pure. */
import { proves, type Evidence } from './evidence.ts'

/** One set of the chain: what this server found when the mail came to it. */
export interface SealedSet {
  /** `d=` of its ARC-Seal. */
  sealer: string
  evidence: Evidence
}

/** Domains, comma-separated. */
export const domainList = (setting: string): ReadonlySet<string> =>
  new Set(
    setting
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ''),
  )

export type SealedVerdict =
  | { proven: true }
  /** Believed, the chain would prove the sender; `sealer` is the last one whom the house does not trust. */
  | { proven: false; sealer: string | null }

/**
 * A server that passes a mail on may change all of it and seal the result: an old seal proves nothing about what came
 * after. So whoever handled the mail since must be trusted too, and what counts is what the first of them saw.
 * @param sets the oldest first
 */
export function judgeSeals(
  sets: readonly SealedSet[],
  trusted: ReadonlySet<string>,
  from: string,
): SealedVerdict {
  const stranger = sets.findLast(({ sealer }) => !trusted.has(sealer))
  const first = stranger === undefined ? sets[0] : sets[sets.indexOf(stranger) + 1]
  if (first && proves(first.evidence, from)) return { proven: true }
  const claimed = sets.some(({ evidence }) => proves(evidence, from))
  return { proven: false, sealer: claimed && stranger ? stranger.sealer : null }
}
