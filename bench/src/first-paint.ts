/** When a browser that has never been here paints a page: cache empty, connection new, on the loopback. */
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import { quantile } from './report.ts'

const LOADS = 5

/** Milliseconds from the start of the navigation to the first contentful paint (W3C Paint Timing), the median. */
export async function firstPaint(url: string, path: string, cookie: string): Promise<number> {
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const paints: number[] = []
    for (let load = 0; load < LOADS; load += 1) {
      const context = await browser.newContext({ baseURL: url, extraHTTPHeaders: { cookie } })
      const page = await context.newPage()
      await page.goto(path, { waitUntil: 'load' })
      paints.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              new PerformanceObserver((list) => {
                const first = list.getEntriesByName('first-contentful-paint')[0]
                if (first) resolve(first.startTime)
              }).observe({ type: 'paint', buffered: true })
            }),
        ),
      )
      await context.close()
    }
    return quantile(paints, 0.5)
  } finally {
    await browser.close()
  }
}
