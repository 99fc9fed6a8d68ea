/** The command, as somebody types it, on the folder of a product that was stopped. */
import { draftInvoice, getInvoiceDocument, issueInvoice } from '@guichet/contracts/billing'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { finn, openReadyDesk } from '../testing/desk.ts'

const COMMAND = join(import.meta.dirname, 'verify-command.ts')

test('the command names what is not as it was issued, and fails for it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-verify-'))
  const verify = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND], {
      env: { ...process.env, DATA_DIR: dataDir, STORE_URL: 'sqlite:' },
      encoding: 'utf8',
    })
    return { status, said: `${stdout}${stderr}`.trim() }
  }
  const desk = await openReadyDesk({ dataDir })
  // Long enough to be a file of its own in the store.
  const line = { description: 'Licence', quantity: '1', unit: 'piece' as const, price: '100', vatRate: '21' }
  const { id } = await desk
    .as(finn)
    .ask(draftInvoice, { invoice: { companyId: 'acme', lines: Array<typeof line>(100).fill(line) } })
  await desk.as(finn).ask(issueInvoice, { id })
  const ubl = await desk.as(finn).ask(getInvoiceDocument, { id, format: 'ubl' })
  expect(verify()).toMatchObject({ status: 1, said: expect.stringContaining('is in use by another Guichet') })
  const bytes = await desk.engine.service('billing').blobs.read(ubl.blobId)
  await desk.stop()

  expect(verify()).toEqual({ status: 0, said: '2 documents read, 0 not as issued' })
  const path = await fileOf(join(dataDir, 'blobs'), bytes)
  const changed = Buffer.from(bytes)
  changed[1000] = (changed[1000] ?? 0) ^ 1
  await writeFile(path, changed)
  expect(verify()).toEqual({ status: 1, said: 'F-1 ubl: changed\n2 documents read, 1 not as issued' })
  await writeFile(path, bytes)
  expect(verify().status).toBe(0)
  await rm(path)
  expect(verify().said).toBe('F-1 ubl: missing\n2 documents read, 1 not as issued')
  await rm(dataDir, { recursive: true })
})

/** Where the store keeps these bytes. */
async function fileOf(folder: string, bytes: Uint8Array): Promise<string> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if ((await readFile(path)).equals(Buffer.from(bytes))) return path
  }
  throw new Error('the store keeps no such file')
}
