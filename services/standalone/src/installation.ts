/** What this DATA_DIR is for, decided at its first start and kept: the house's own desk, or an evaluation. */
import { StartFault } from '@guichet/service/main'
import type { Store } from '@guichet/store'

export type Kind = 'house' | 'evaluation'

const ID = 'installation'
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

export interface Installation {
  kind: Kind
  /** The demonstration's people, once they are there. */
  accounts: { id: string; label: string }[]
  /** The demonstration's story is told to its end. */
  told: boolean
  remember: (what: Partial<Pick<Installation, 'accounts' | 'told'>>) => Promise<void>
}

interface Remembered {
  kind: Kind
  accounts: Installation['accounts']
  told?: boolean
}

/** @throws StartFault for an evaluation that would listen to the world. */
export async function openInstallation(
  store: Store,
  config: { ADMIN_EMAIL?: string; HTTP_HOST: string },
): Promise<Installation> {
  const collection = store.collection<Remembered, never>({
    name: 'installations',
  })
  const known = await collection.get(ID)
  // Whoever names an administrator wants a desk, whatever was tried here before.
  const kind: Kind = config.ADMIN_EMAIL !== undefined ? 'house' : (known?.value.kind ?? 'evaluation')
  if (kind === 'evaluation' && !LOOPBACK.has(config.HTTP_HOST)) {
    throw new StartFault(
      `HTTP_HOST: the evaluation lets anyone in with one click and listens on 127.0.0.1 only, not ${config.HTTP_HOST}: set ADMIN_EMAIL for a real desk`,
    )
  }
  if (known?.value.kind !== kind) {
    const value = { accounts: [], ...known?.value, kind }
    await collection.commit({ id: ID, expectedVersion: known?.version ?? 0, value })
  }
  return {
    kind,
    accounts: known?.value.accounts ?? [],
    told: known?.value.told ?? false,
    remember: async (what) => {
      const stored = await collection.get(ID)
      const value = { accounts: [], ...stored?.value, kind, ...what }
      await collection.commit({ id: ID, expectedVersion: stored?.version ?? 0, value })
    },
  }
}
