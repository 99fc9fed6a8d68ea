import type { RevenueReport } from '@guichet/contracts/reports'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import type { PageCall } from '../page.ts'
import { RevenueChart } from './revenue-chart.tsx'

type Month = RevenueReport['months'][number]

/** From January 2020 on: 1000.00 of work each month, and 50.00 off it. */
const monthsOf = (count: number, changes: Record<number, Partial<Month>> = {}): Month[] =>
  Array.from({ length: count }, (_, at) => ({
    month: Temporal.PlainYearMonth.from('2020-01').add({ months: at }).toString(),
    net: '950.00',
    documents: 1,
    sources: [
      { source: 'work', net: '1000.00' },
      { source: 'allowance', net: '-50.00' },
    ],
    ...changes[at],
  }))
const drawn = (months: Month[], language: 'fr' | 'nl' | 'en' = 'en', current = '2026-11') =>
  renderToString(h(RevenueChart, { call: { language } as PageCall, months, current })).replace(
    /[\u00a0\u202f]/g,
    ' ',
  )

describe('revenue over months', () => {
  test('is not drawn of one month: there is no course to see', () => {
    expect(drawn(monthsOf(1))).toBe('')
    expect(drawn(monthsOf(2))).toContain('<svg')
  })

  test('shows the last two years', () => {
    const html = drawn(monthsOf(36))
    expect(html.match(/class="dot"/g)).toHaveLength(24)
    expect(html.match(/<tr>/g)).toHaveLength(25)
    expect(html).not.toContain('December 2020')
    expect(html).toContain('January 2021')
  })

  test('is an image with a name and a description in words, and a table with every figure', () => {
    const html = drawn(monthsOf(3, { 1: { net: '1950.00', sources: [{ source: 'work', net: '1950.00' }] } }))
    const [, title = '', description = ''] = /role="img" aria-labelledby="(\S+) (\S+)"/.exec(html) ?? []
    expect(html).toContain(`<title id="${title}">Revenue over the months</title>`)
    expect(html).toContain(
      `<desc id="${description}">From January 2020 to March 2020. Highest: 1,950.00 € in February 2020; lowest: 950.00 € in March 2020.</desc>`,
    )
    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell),
    )
    expect(rows).toEqual([
      ['Month', 'Work', 'Document discounts', 'Total'],
      ['January 2020', '1,000.00 €', '-50.00 €', '950.00 €'],
      ['February 2020', '1,950.00 €', '—', '1,950.00 €'],
      ['March 2020', '1,000.00 €', '-50.00 €', '950.00 €'],
    ])
  })

  test('a month with more credited than billed is told below zero', () => {
    const credited = { net: '-800.00', sources: [{ source: 'work' as const, net: '-800.00' }] }
    const html = drawn(monthsOf(2, { 1: credited }), 'fr')
    expect(html).toContain('février 2020 · -800,00 €\nPrestations · -800,00 €')
    expect(html).toContain('>-500 €<')
  })

  test('holds nothing that the content policy forbids', () => {
    expect(drawn(monthsOf(24))).not.toMatch(/<style|style=|<script|on[a-z]+=/)
  })

  test('says of the current month that it is not over, and of no other', () => {
    expect(drawn(monthsOf(2), 'en', '2020-02')).toContain('class="sum open"')
    expect(drawn(monthsOf(2))).not.toContain('class="sum open"')
  })
})
