/** A real browser as people use it: two widths, two themes, their language; what its console complains of fails the test. */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import sparticuz from '@sparticuz/chromium'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

export const DESKTOP = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }
const SCREENSHOTS = fileURLToPath(new URL('../../../../screenshots/', import.meta.url))

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console complained of, scripts that failed, what the content policy blocked. */
  readonly complaints: readonly string[]
  close: () => Promise<void>
}

export interface VisitorOptions {
  language?: 'fr' | 'nl' | 'en'
  viewport?: typeof DESKTOP
  theme?: 'light' | 'dark'
  javaScript?: boolean
}

export interface TestBrowser {
  visit: (url: string, options?: VisitorOptions) => Promise<Visitor>
  close: () => Promise<void>
}

export async function openBrowser(): Promise<TestBrowser> {
  // Not the list of arguments that comes with it: its single process ends with the first context.
  const browser: Browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  return {
    visit: async (url, { language = 'fr', viewport = DESKTOP, theme = 'light', javaScript = true } = {}) => {
      const context = await browser.newContext({
        baseURL: new URL(url).origin,
        viewport,
        colorScheme: theme,
        locale: `${language}-BE`,
        javaScriptEnabled: javaScript,
        hasTouch: viewport.width < 500,
      })
      // What has not come by then is named, rather than the test that waited for it.
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        // A refused form answers 4xx on purpose; the browser logs that too.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          complaints.push(`${page.url()}: ${message.text()}`)
        }
      })
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
      await page.goto(url)
      return { page, context, complaints, close: () => context.close() }
    },
    close: () => browser.close(),
  }
}

/** What axe finds against WCAG 2.2 AA, one line a fault; empty when there is nothing. */
export async function accessFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target, failureSummary = '' }) => !isOnItsWay(target.join(' '), failureSummary))
      .map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/** Turbo marks the root as busy for as long as a page, or a live refresh of it, is on its way: gone a moment later. */
function isOnItsWay(target: string, summary: string): boolean {
  return target === 'html' && summary.trimEnd().endsWith('not allowed on html elements: aria-busy="true"')
}

/** Into the folder `screenshots` of the project, which git ignores: to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png`, fullPage: true })
}
