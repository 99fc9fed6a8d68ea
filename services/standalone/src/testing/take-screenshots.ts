/**
 * The pictures of docs/screens.md, taken of the evaluation: `node services/standalone/src/testing/take-screenshots.ts`.
 * Run it after a change of the looks, and look at what it took.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startProduct } from '@guichet/testing/product'
import { DESKTOP, openBrowser, PHONE } from './browser.ts'
import { entranceOf, storyTold } from './story-told.ts'

const FOLDER = fileURLToPath(new URL('../../../../docs/screens/', import.meta.url))

const PICTURES = [
  { name: 'queue', part: 'support', path: '/tickets', viewport: DESKTOP, theme: 'light' },
  { name: 'ticket', part: 'support', path: '/tickets/1012', viewport: DESKTOP, theme: 'light' },
  { name: 'ticket-dark', part: 'support', path: '/tickets/1015', viewport: DESKTOP, theme: 'dark' },
  { name: 'home', part: 'cliente', path: '/', viewport: DESKTOP, theme: 'light' },
  { name: 'invoice', part: 'facturation', path: '/invoices/F-2', viewport: DESKTOP, theme: 'light' },
  { name: 'contract', part: 'facturation', path: '/companies', viewport: DESKTOP, theme: 'light' },
  { name: 'queue-phone', part: 'support', path: '/tickets', viewport: PHONE, theme: 'dark' },
  { name: 'ticket-phone', part: 'cliente', path: '/tickets/1003', viewport: PHONE, theme: 'light' },
] as const

await mkdir(FOLDER, { recursive: true })
const product = await startProduct('start')
const browser = await openBrowser()
try {
  await storyTold(product)
  for (const { name, part, path, viewport, theme } of PICTURES) {
    const { page, close } = await browser.visit(entranceOf(product, part), { viewport, theme })
    // A refresh on its way would be in the picture.
    await page.route('**/api/v1/events', (route) => route.abort())
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${FOLDER}${name}.png` })
    await close()
  }
} finally {
  await browser.close()
  await product.remove()
}
