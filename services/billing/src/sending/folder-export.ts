/**
 * The default: each issued invoice is put into a folder, PDF and UBL, from where the house's own software or its
 * accountant fetches it. That is handed over, and nothing more is known of it.
 */
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { AccessPointTrouble, type AccessPoint } from './access-point.ts'

export function createFolderExport(folder: string): AccessPoint {
  /** Whole or not at all: whoever watches the folder never reads half a file. */
  async function put(path: string, bytes: Uint8Array): Promise<void> {
    const unfinished = `${path}.part`
    const file = await open(unfinished, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  }

  return {
    channel: 'folder',
    follows: false,
    // Whoever fetches it decides who can take it.
    lookup: async () => true,
    async submit({ number, issuedOn, ubl, pdf }) {
      const month = join(folder, issuedOn.slice(0, 7))
      try {
        await mkdir(month, { recursive: true })
        await put(join(month, `${number}.pdf`), pdf)
        if (ubl) await put(join(month, `${number}.xml`), ubl)
      } catch (error) {
        throw new AccessPointTrouble((error as NodeJS.ErrnoException).code ?? 'unwritable')
      }
      return number
    },
    status: async () => ({ state: 'under-way' }),
  }
}
