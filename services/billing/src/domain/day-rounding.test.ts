import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayBefore, dayShares, EMPTY_DAY, type DayLedger } from './day-rounding.ts'
import type { HeldPrestation } from './held-prestation.ts'
import { billedMinutes } from './pricing.ts'

const QUARTERS = { stepMinutes: 15, minimumMinutes: 15 }

let logged = 0
function work(minutes: number, more: Partial<HeldPrestation['value']> = {}): HeldPrestation {
  logged += 1
  return {
    id: `work-${String(logged).padStart(6, '0')}`,
    value: {
      ticket: 1001,
      companyId: 'acme',
      workedOn: '2026-11-20',
      minutes,
      quantity: null,
      kind: 'Support',
      description: '',
      billable: true,
      agent: { id: 'anne', name: 'Anne' },
      loggedAt: `2026-11-20T10:00:${String(logged % 60).padStart(2, '0')}.000Z`,
      invoiceId: null,
      ...more,
    },
  }
}

const minutesOf = (ledger: DayLedger, held: HeldPrestation[], rounding = QUARTERS) =>
  held.map(({ id }) => dayShares(ledger, held, rounding).find((share) => share.prestationId === id)?.minutes)

describe('a day of work on a ticket', () => {
  test('is rounded once: 10 + 10 minutes by quarters are 30, and 5 more are in them', () => {
    expect(minutesOf(EMPTY_DAY, [work(10), work(10), work(5)])).toEqual([15, 15, 0])
  })

  test('has one minimum', () => {
    const halfHour = { stepMinutes: 15, minimumMinutes: 30 }
    // 5 → 30; 15 → 30; 35 → 45
    expect(minutesOf(EMPTY_DAY, [work(5), work(10), work(20)], halfHour)).toEqual([30, 0, 15])
  })

  test('is rounded by kind, however the kind is written', () => {
    const held = [work(10), work(10, { kind: 'Sur place' }), work(5, { kind: ' support' })]
    expect(minutesOf(EMPTY_DAY, held)).toEqual([15, 15, 0])
  })

  test('owes for late work only what its rounding has not paid', () => {
    const earlier = { prestationId: 'x', kind: 'support', worked: 20, minutes: 30 }
    expect(minutesOf({ uses: { 'draft-1': [earlier] } }, [work(5), work(15)])).toEqual([0, 15])
  })

  test('bills in full what was given back', () => {
    // The 15 minutes that paid for its rounding were taken off their draft; 5 of them stayed, at nothing.
    const stayed = { prestationId: 'x', kind: 'support', worked: 5, minutes: 0 }
    expect(minutesOf({ uses: { 'draft-1': [stayed], 'draft-2': [] } }, [work(10)])).toEqual([15])
  })

  test('counts what finance holds back after the rest', () => {
    const held = work(10, { heldBack: { reason: '', by: { id: 'finn', name: 'Finn' }, at: '' } })
    expect(minutesOf(EMPTY_DAY, [held, work(5)])).toEqual([0, 15])
  })

  test('tells what was worked and counted before', () => {
    const shares = dayShares(EMPTY_DAY, [work(10), work(10), work(40, { kind: 'Sur place' })], QUARTERS)
    expect(dayBefore(shares, 'SUPPORT')).toEqual({ worked: 20, billed: 30 })
  })

  test('comes to its work rounded once, in whatever pieces and drafts', () => {
    const rounding = fc.record({
      stepMinutes: fc.integer({ min: 1, max: 60 }),
      minimumMinutes: fc.integer({ min: 0, max: 90 }),
    })
    const drafts = fc.array(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(rounding, drafts, (terms, pieces) => {
        let ledger = EMPTY_DAY
        for (const [at, minutes] of pieces.entries()) {
          const own = dayShares(
            ledger,
            minutes.map((each) => work(each)),
            terms,
          )
          ledger = { uses: { ...ledger.uses, [`draft-${at}`]: own } }
        }
        const all = Object.values(ledger.uses).flat()
        const worked = pieces.flat().reduce((total, each) => total + each, 0)
        expect(all.reduce((total, { minutes }) => total + minutes, 0)).toBe(billedMinutes(worked, terms))
      }),
    )
  })
})
