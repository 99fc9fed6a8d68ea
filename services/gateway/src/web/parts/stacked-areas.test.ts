import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apart, SIDE, stackedAreas } from './stacked-areas.ts'

describe('areas upon each other', () => {
  test('what is above zero goes up, what is below goes down, and the sum lies between', () => {
    const { ticks, bands, sum } = stackedAreas([
      { key: 'work', values: [400, 800] },
      { key: 'fee', values: [200, 200] },
      { key: 'credit', values: [0, -500] },
    ])
    // From −500 to 1000 in steps of 500: a third of the height each.
    expect(ticks.map(({ value }) => value)).toEqual([-500, 0, 500, 1000])
    expect(ticks.map(({ y }) => y)).toEqual([1000, 666.67, 333.33, 0])
    const [work, fee, credit] = bands
    expect(work?.edge).toBe('M0 400L1000 133.33')
    expect(fee?.edge).toBe('M0 266.67L1000 0')
    expect(fee?.area).toBe('M0 266.67L1000 0L1000 133.33L0 400Z')
    expect(credit?.edge).toBe('M0 666.67L1000 1000')
    // 600, then 1000 − 500.
    expect(sum).toEqual([
      [0, 266.67],
      [1000, 333.33],
    ])
    expect(bands.map(({ endY }) => endY)).toEqual([400, 66.67, 833.34])
  })

  test('a source that falls below zero and rises again is drawn on both sides', () => {
    const [band] = stackedAreas([{ key: 'work', values: [100, -50, 100] }]).bands
    expect(band?.edge.match(/M/g)).toHaveLength(2)
    expect(band?.area.match(/Z/g)).toHaveLength(2)
  })

  test('has an edge only where it is something', () => {
    const [, pack, credit] = stackedAreas([
      { key: 'work', values: [100, 100, 100, 100, 100] },
      { key: 'pack', values: [0, 0, 50, 0, 0] },
      { key: 'credit', values: [-50, 0, 0, 0, 0] },
    ]).bands
    // From −50 to 150 in steps of 50.
    expect(pack?.edge).toBe('M250 250L500 0L750 250')
    expect(credit?.edge).toBe('M0 1000L250 750')
    // It is named where it would come again.
    expect(credit?.endY).toBe(750)
  })

  test('a small credit takes little room', () => {
    const { ticks, sum } = stackedAreas([{ key: 'work', values: [20_000, -500] }])
    expect(ticks.map(({ value }) => value)).toEqual([0, 5000, 10_000, 15_000, 20_000])
    // Down to −500 and a twentieth of the 20 500 between the two: 21 525 high, zero 20 000 from the top.
    expect(ticks[0]?.y).toBe(929.15)
    expect(sum[1]).toEqual([1000, 952.38])
  })

  test('nothing at all lies on the zero line', () => {
    const { ticks, sum } = stackedAreas([{ key: 'work', values: [0, 0] }])
    expect(ticks[0]?.value).toBe(0)
    expect(sum.map(([, y]) => y)).toEqual([SIDE, SIDE])
  })

  const cents = fc.integer({ min: -5_000_000, max: 50_000_000 }).map((value) => value / 100)
  test('all lies within the plot, on a scale of few steps that holds zero', () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 24 }))
    const any = shape.chain(([kinds, months]) =>
      fc.array(fc.array(cents, { minLength: months, maxLength: months }), {
        minLength: kinds,
        maxLength: kinds,
      }),
    )
    fc.assert(
      fc.property(any, (rows) => {
        const { ticks, bands, sum } = stackedAreas(rows.map((values, at) => ({ key: String(at), values })))
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks.map(({ value }) => value)).toContain(0)
        const ys = [
          ...sum.map(([, y]) => y),
          ...bands.flatMap(({ area }) => [...area.matchAll(/ (-?[\d.]+)/g)].map(([, y]) => Number(y))),
        ]
        expect(Math.min(...ys)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...ys)).toBeLessThanOrEqual(SIDE)
      }),
    )
  })
})

test('names keep apart, in their order, within the plot', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: SIDE }), { minLength: 1, maxLength: 6 }), (ends) => {
      const placed = apart(
        ends.map((y, name) => ({ name, y })),
        80,
      )
      for (const [at, { y }] of placed.entries()) {
        expect(y).toBeGreaterThanOrEqual(40)
        expect(y).toBeLessThanOrEqual(SIDE - 40)
        const before = placed[at - 1]
        if (before) expect(y - before.y).toBeGreaterThanOrEqual(80 - 0.01)
      }
    }),
  )
  expect(apart([{ y: 500 }], 80)).toEqual([{ y: 500 }])
})
