import { describe, expect, test } from 'vitest'
import { changedFields, prestationFields } from './prestation.ts'

const TODAY = '2026-11-24'
const given = { workedOn: '2026-11-20', minutes: 20, kind: ' Support ', description: ' fait ' }
const codes = (...args: Parameters<typeof prestationFields>) =>
  prestationFields(...args).faults.map(({ path, code }) => `${path} ${code}`)

describe('a prestation', () => {
  test('is measured by minutes or by quantity, billable unless said otherwise', () => {
    expect(prestationFields(undefined, given, TODAY)).toEqual({
      fields: {
        workedOn: '2026-11-20',
        minutes: 20,
        quantity: null,
        kind: 'Support',
        description: 'fait',
        billable: true,
      },
      faults: [],
    })
    expect(codes(undefined, { ...given, quantity: '2' }, TODAY)).toEqual(['quantity minutes-or-quantity'])
    expect(codes(undefined, { ...given, minutes: undefined }, TODAY)).toEqual(['minutes minutes-or-quantity'])
    expect(codes(undefined, { ...given, minutes: undefined, quantity: '0.000' }, TODAY)).toEqual([
      'quantity quantity-zero',
    ])
  })

  test.each([
    ['2026-02-29', 'no-such-day'],
    ['2026-13-01', 'no-such-day'],
    ['2026-12-26', 'day-too-late'],
    ['2006-11-24', 'day-too-early'],
  ])('worked on %s: %s', (workedOn, code) => {
    expect(codes(undefined, { ...given, workedOn }, TODAY)).toEqual([`workedOn ${code}`])
  })

  test('may be planned within a month, and may precede its ticket by years', () => {
    expect(codes(undefined, { ...given, workedOn: '2026-12-25' }, TODAY)).toEqual([])
    expect(codes(undefined, { ...given, workedOn: '2020-02-29' }, TODAY)).toEqual([])
  })

  test('changes only what is named', () => {
    const { fields } = prestationFields(undefined, given, TODAY)
    const after = prestationFields(fields, { billable: false, kind: 'Nuit' }, TODAY).fields
    expect(after).toEqual({ ...fields, billable: false, kind: 'Nuit' })
    expect(changedFields(fields, after)).toEqual(['kind', 'billable'])
    expect(prestationFields(fields, { quantity: '3.50' }, TODAY).fields).toMatchObject({
      minutes: null,
      quantity: '3.5',
    })
    expect(codes(fields, { kind: '  ' }, TODAY)).toEqual(['kind required'])
  })
})
