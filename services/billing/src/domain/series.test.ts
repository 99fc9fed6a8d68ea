import { describe, expect, test } from 'vitest'
import { candidateOf, NEW_SERIES, settingsOf, taken, withSettings, type StoredSeries } from './series.ts'

const take = (series: StoredSeries, kind: 'invoice' | 'creditNote' = 'invoice', today = '2026-11-24') => {
  const candidate = candidateOf(series, kind, today)
  const pending = {
    number: candidate.number,
    draftId: 'd',
    issued: {} as never,
    by: { kind: 'stranger' as const },
  }
  return { candidate, series: taken(series, kind, candidate, pending) }
}
const codes = ({ faults }: ReturnType<typeof withSettings>) =>
  faults.map(({ path, code }) => `${path} ${code}`)

describe('a series', () => {
  test('counts on, each kind for itself, with references that never come twice', () => {
    const first = take(NEW_SERIES)
    const second = take(first.series)
    const credit = take(second.series, 'creditNote')
    expect([first, second, credit].map(({ candidate }) => candidate)).toEqual([
      { number: 'F-1', running: 1, issuedOn: '2026-11-24', referenceBase: '2026000001' },
      { number: 'F-2', running: 2, issuedOn: '2026-11-24', referenceBase: '2026000002' },
      { number: 'NC-1', running: 1, issuedOn: '2026-11-24', referenceBase: null },
    ])
    const renamed = withSettings(second.series, { invoice: { prefix: 'B-', next: 1 } })
    expect(take(renamed.series).candidate).toMatchObject({ number: 'B-1', referenceBase: '2026000003' })
  })

  test('never goes back in time', () => {
    const { series } = take(NEW_SERIES, 'invoice', '2026-12-31')
    expect(candidateOf(series, 'invoice', '2026-12-30').issuedOn).toBe('2026-12-31')
    expect(candidateOf(series, 'invoice', '2027-01-01')).toMatchObject({
      issuedOn: '2027-01-01',
      number: 'F-2',
      referenceBase: '2027000002',
    })
  })

  test('goes on with the numbers of another system', () => {
    const { series, faults } = withSettings(NEW_SERIES, { invoice: { prefix: '2026-', next: 1042 } })
    expect(faults).toEqual([])
    expect(settingsOf(series)).toEqual({
      invoice: { prefix: '2026-', next: 1042 },
      creditNote: { prefix: 'NC-', next: 1 },
    })
    expect(take(series).candidate).toMatchObject({ number: '2026-1042', referenceBase: '2026001042' })
  })

  test('never gives a number again, not even under an old prefix', () => {
    const used = take(take(NEW_SERIES).series).series
    expect(codes(withSettings(used, { invoice: { prefix: 'F-', next: 2 } }))).toEqual([
      'invoice.next number-used',
    ])
    expect(codes(withSettings(used, { invoice: { prefix: 'F-', next: 3 } }))).toEqual([])
    const moved = withSettings(used, { invoice: { prefix: 'X-', next: 1 } }).series
    expect(codes(withSettings(moved, { invoice: { prefix: 'F-', next: 1 } }))).toEqual([
      'invoice.next number-used',
    ])
    expect(codes(withSettings(moved, { creditNote: { prefix: 'F-', next: 2 } }))).toEqual([
      'creditNote.next number-used',
    ])
  })

  test('refuses prefixes by which two documents could meet', () => {
    const set = (invoice: string, creditNote: string) =>
      codes(
        withSettings(NEW_SERIES, {
          invoice: { prefix: invoice, next: 1 },
          creditNote: { prefix: creditNote, next: 1 },
        }),
      )
    for (const [a, b] of [
      ['', ''],
      ['F', 'f'],
      ['F', 'F2'],
      ['F20', 'F'],
    ] as const) {
      expect(set(a, b)).toEqual(['creditNote.prefix prefixes-meet'])
    }
    expect(set('F', 'FC')).toEqual([])
    expect(set('', 'C')).toEqual([])
  })
})
