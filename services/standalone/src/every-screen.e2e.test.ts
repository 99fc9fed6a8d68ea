/**
 * Every page of the evaluation, at both widths and in both themes: nothing that axe finds against WCAG 2.2 AA, nothing
 * that the console complains of, nothing wider than the screen. Its pictures are in `screenshots`, to be looked at.
 */
import { storyTold } from './testing/story-told.ts'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DESKTOP, PHONE, accessFaults, openBrowser, screenshot, type TestBrowser } from './testing/browser.ts'

const TICKETS = [
  '/tickets',
  '/tickets?view=recent',
  '/tickets?view=archive',
  '/tickets/new',
  '/notifications',
  '/account',
]
const PAGES: Record<string, readonly string[]> = {
  stranger: ['/', '/sign-in', '/password-resets', '/nowhere'],
  cliente: ['/', ...TICKETS, '/tickets/1003', '/invoices', '/invoices/F-2', '/invoices/next'],
  'cliente, responsable': ['/', '/tickets', '/colleagues'],
  support: [
    ...TICKETS,
    '/tickets?view=mine',
    '/tickets/1012',
    '/tickets?q=caisse',
    '/time',
    '/settings/replies',
    '/companies',
    '/staff',
    '/mail/ledger',
    '/mail/quarantine',
    '/outbox',
  ],
  facturation: [
    '/invoices',
    '/invoices?status=paid',
    '/invoices/F-2',
    '/invoice-runs',
    '/receivables',
    '/take-over/invoices',
    '/take-over/packs',
    '/reports',
    '/time/balance',
    '/time/unbilled',
    '/settings/seller',
    '/settings/numbers',
    '/settings/reminders',
  ],
  administrateur: [
    '/audit/tickets/1012',
    '/companies',
    '/companies/import',
    '/settings/priorities',
    '/settings/mail-texts',
    '/settings/access',
    '/account/second-factor',
    '/dead-letters',
  ],
}

let product: Product
let browser: TestBrowser
beforeAll(async () => {
  product = await startProduct('start')
  await storyTold(product)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.remove()
})

function entranceOf(role: string): string {
  if (role === 'stranger') return `${product.url}/`
  return new RegExp(`, ${role}: (\\S+)`).exec(product.output())?.[1] ?? ''
}

describe.each([
  ['wide', DESKTOP],
  ['phone', PHONE],
] as const)('%s', (width, viewport) => {
  test.each(
    Object.entries(PAGES).flatMap(([role, paths]) =>
      (['light', 'dark'] as const).map((theme) => [role, theme, paths] as const),
    ),
  )('%s, %s', async (role, theme, paths) => {
    const { page, complaints, close } = await browser.visit(entranceOf(role), { viewport, theme })
    // What is looked at stands still: a refresh on its way marks the page as busy.
    await page.route('**/api/v1/events', (route) => route.abort())
    const faults: string[] = []
    for (const path of paths) {
      await page.goto(path)
      faults.push(...(await accessFaults(page)).map((fault) => `${path}: ${fault}`))
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (overflow > 0) faults.push(`${path}: ${overflow} px wider than the screen`)
      await screenshot(page, `${role}${path.replace(/\W+/g, '-')}-${width}-${theme}`)
    }
    await close()
    expect([...faults, ...complaints]).toEqual([])
  })
})
