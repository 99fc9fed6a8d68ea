import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHoliday } from './holidays.ts'
import { classed } from './time-classes.ts'

const CLASSES = {
  officeFrom: '08:00',
  officeTo: '18:00',
  nightFrom: '22:00',
  nightTo: '06:00',
  surcharges: { evening: '25', night: '50', weekend: '50', holiday: '100' },
}
const ZONE = 'Europe/Brussels'
const of = (workedOn: string, startedAt: string | undefined, minutes: number) =>
  Object.fromEntries(
    classed({ workedOn, startedAt, minutes }, CLASSES, ZONE).map((each) => [each.timeClass, each.minutes]),
  )

test('the ten public holidays of Belgium, movable ones too', () => {
  const days = ['01-01', '04-06', '05-01', '05-14', '05-25', '07-21', '08-15', '11-01', '11-11', '12-25']
  for (const day of days) expect([day, isHoliday(`2026-${day}`)]).toEqual([day, true])
  for (const day of ['04-03', '07-11', '11-02', '11-15', '12-26'])
    expect(isHoliday(`2026-${day}`)).toBe(false)
})

describe('2026-11-24 is a Tuesday', () => {
  test.each([
    ['office hours', '09:00', 60, { office: 60 }],
    ['over the end of the office day', '17:30', 60, { office: 30, evening: 30 }],
    ['the early morning is evening by this contract', '06:30', 120, { evening: 90, office: 30 }],
    ['into the night and over midnight', '21:30', 240, { evening: 30, night: 210 }],
    ['from the night to the office', '05:00', 240, { night: 60, evening: 120, office: 60 }],
  ])('%s', (_what, start, minutes, expected) => {
    expect(of('2026-11-24', start, minutes)).toEqual(expected)
  })
})

test('Friday evening runs into the weekend, Sunday night into Monday’s', () => {
  expect(of('2026-11-27', '23:00', 120)).toEqual({ night: 60, weekend: 60 })
  expect(of('2026-11-29', '23:30', 60)).toEqual({ weekend: 30, night: 30 })
})

test('a holiday goes before a weekend, and ends at midnight', () => {
  expect(of('2026-08-15', '10:00', 60)).toEqual({ holiday: 60 })
  expect(of('2026-11-11', '23:00', 120)).toEqual({ holiday: 60, night: 60 })
})

test('without an hour the day says it', () => {
  expect(of('2026-11-24', undefined, 45)).toEqual({ office: 45 })
  expect(of('2026-11-28', undefined, 45)).toEqual({ weekend: 45 })
  expect(of('2026-11-11', undefined, 45)).toEqual({ holiday: 45 })
})

test('the nights on which clocks change have their own length', () => {
  // Saturday 22:00, 26 hours of work: until 00:00 by the clock when it was put back, 01:00 when it was put on.
  expect(of('2026-10-24', '22:00', 26 * 60)).toEqual({ weekend: 26 * 60 })
  expect(of('2026-03-28', '22:00', 26 * 60)).toEqual({ weekend: 25 * 60, night: 60 })
})

test('whatever was worked whenever: no minute is lost, none is in two classes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 800 }),
      fc.option(fc.integer({ min: 0, max: 1439 }), { nil: undefined }),
      fc.integer({ min: 1, max: 5000 }),
      (days, start, minutes) => {
        const workedOn = Temporal.PlainDate.from('2025-12-01').add({ days }).toString()
        const startedAt =
          start === undefined
            ? undefined
            : `${String(Math.floor(start / 60)).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}`
        const parts = classed({ workedOn, startedAt, minutes }, CLASSES, ZONE)
        expect(parts.reduce((sum, each) => sum + each.minutes, 0)).toBe(minutes)
        expect(new Set(parts.map(({ timeClass }) => timeClass)).size).toBe(parts.length)
        for (const each of parts) expect(each.minutes).toBeGreaterThan(0)
      },
    ),
  )
})
