/**
 * `npm run verify:invoices`: reads every issued PDF and UBL of this store and compares hashes. One line per document that
 * is not as it was issued, one at the end; exit code 1 where there is any. On the embedded store the product is stopped
 * first (one process per folder), or a restored backup is looked at; over HTTP, `GET /api/v1/invoice-verification`.
 */
import { ConfigFaults, loadConfig } from '@guichet/service/config'
import { platformConfig } from '@guichet/service/main'
import { StoreUnavailable } from '@guichet/store'
import { openStoreEngine } from '@guichet/store/open'
import { openCollections } from '../collections.ts'
import { verifyPage } from './verify-documents.ts'

const PAGE = 100

async function verifyAll(): Promise<number> {
  const config = loadConfig(platformConfig, process.env)
  const engine = await openStoreEngine(config.STORE_URL, { dataDir: config.DATA_DIR, relay: false })
  try {
    const store = engine.service('billing')
    const { invoices } = openCollections(store)
    let checked = 0
    let broken = 0
    let cursor: string | undefined
    do {
      const page = await verifyPage({ invoices, blobs: store.blobs }, { limit: PAGE, cursor })
      checked += page.checked
      broken += page.broken.length
      for (const { number, document, problem } of page.broken)
        process.stdout.write(`${number} ${document}: ${problem}\n`)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    process.stdout.write(`${checked} documents read, ${broken} not as issued\n`)
    return broken === 0 ? 0 : 1
  } finally {
    await engine.close()
  }
}

try {
  process.exitCode = await verifyAll()
} catch (error) {
  if (!(error instanceof ConfigFaults) && !(error instanceof StoreUnavailable)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
