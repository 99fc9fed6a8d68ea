import type { StoredPrestation } from './prestation.ts'

/** A prestation with its id: one that a draft holds, or that waits for its draft. */
export interface HeldPrestation {
  id: string
  value: StoredPrestation
}
