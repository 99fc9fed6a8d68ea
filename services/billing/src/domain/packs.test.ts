import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  balancesOf,
  coverage,
  remainingMinutes,
  type CoverageWish,
  type PackLedger,
  type StoredPack,
} from './packs.ts'

const pack = (
  id: string,
  minutes: number,
  validFrom = '2026-01-01',
  validUntil = '2026-12-31',
): StoredPack => ({
  id,
  minutes,
  price: '80',
  vatRate: '21',
  validFrom,
  validUntil,
  soldAt: '2026-01-01T00:00:00.000Z',
  invoiceId: `sale-${id}`,
  drafted: true,
})
const wish = (prestationId: string, workedOn: string, minutes: number, priced = true): CoverageWish => ({
  prestationId,
  workedOn,
  minutes,
  priced,
})
const ledger = (...packs: StoredPack[]): PackLedger => ({ packs, uses: {} })

describe('prepaid hours', () => {
  test('go in the order of work, and split where they end', () => {
    expect(
      coverage(ledger(pack('a', 60)), [wish('late', '2026-11-12', 50), wish('early', '2026-11-10', 30)]),
    ).toEqual([
      { packId: 'a', prestationId: 'early', minutes: 30 },
      { packId: 'a', prestationId: 'late', minutes: 30 },
    ])
  })

  test('are taken from the pack that ends first, and only on days when it is valid', () => {
    const packs = ledger(pack('long', 100), pack('short', 20, '2026-11-01', '2026-11-15'))
    expect(
      coverage(packs, [
        wish('p', '2026-11-10', 50),
        wish('q', '2026-11-20', 20),
        wish('r', '2025-11-20', 20),
      ]),
    ).toEqual([
      { packId: 'short', prestationId: 'p', minutes: 20 },
      { packId: 'long', prestationId: 'p', minutes: 30 },
      { packId: 'long', prestationId: 'q', minutes: 20 },
    ])
  })

  test('cover what has no price whole or not at all, and nothing before their draft exists', () => {
    expect(
      coverage(ledger(pack('a', 30)), [
        wish('p', '2026-11-10', 45, false),
        wish('q', '2026-11-11', 30, false),
      ]),
    ).toEqual([{ packId: 'a', prestationId: 'q', minutes: 30 }])
    expect(coverage(ledger({ ...pack('a', 30), drafted: false }), [wish('p', '2026-11-10', 5)])).toEqual([])
  })

  test('never give more than they hold nor more than was worked, whatever the order of entry', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-11-${String(date).padStart(2, '0')}`)
    const wishes = fc
      .array(fc.record({ workedOn: day, minutes: fc.integer({ min: 1, max: 300 }), priced: fc.boolean() }), {
        maxLength: 20,
      })
      .map((list) => list.map((one, at) => ({ ...one, prestationId: `p${String(at).padStart(2, '0')}` })))
    const packs = fc
      .array(fc.integer({ min: 1, max: 600 }), { maxLength: 4 })
      .map((list) => list.map((minutes, at) => pack(`k${at}`, minutes)))
    fc.assert(
      fc.property(wishes, packs, (asked, sold) => {
        const uses = coverage(ledger(...sold), asked)
        const used: PackLedger = { packs: sold, uses: { draft: uses } }
        for (const one of sold) expect(remainingMinutes(used, one)).toBeGreaterThanOrEqual(0)
        for (const one of asked) {
          const got = uses
            .filter(({ prestationId }) => prestationId === one.prestationId)
            .reduce((n, { minutes }) => n + minutes, 0)
          expect(got).toBeLessThanOrEqual(one.minutes)
          if (!one.priced) expect([0, one.minutes]).toContain(got)
        }
        expect(coverage(ledger(...sold), asked.toReversed())).toEqual(uses)
      }),
    )
  })

  test('stand on the invoice that uses them: taken here, left after all', () => {
    const packs: PackLedger = {
      packs: [pack('long', 100), pack('short', 60, '2026-11-01', '2026-11-15'), pack('unused', 10)],
      uses: {
        here: [
          { packId: 'long', prestationId: 'p', minutes: 30 },
          { packId: 'long', prestationId: 'q', minutes: 5 },
          { packId: 'short', prestationId: 'p', minutes: 60 },
        ],
        elsewhere: [{ packId: 'long', prestationId: 'r', minutes: 20 }],
      },
    }
    expect(balancesOf(packs, 'here').map(({ usedHere, remaining }) => [usedHere, remaining])).toEqual([
      [60, 0],
      [35, 45],
    ])
    expect(balancesOf(packs, 'nowhere')).toEqual([])
  })
})
