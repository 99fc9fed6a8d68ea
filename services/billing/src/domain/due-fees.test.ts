import { describe, expect, test } from 'vitest'
import { DEFAULT_TERMS, type StoredContract } from './contract.ts'
import { dueFees, feeLine, notCharged, type DueFee } from './due-fees.ts'
import { feeFaults, withFeeIds } from './fixed-fees.ts'

const fee = (changes = {}) => ({
  id: 'f1',
  description: 'Maintenance',
  price: '250.00',
  vatRate: '21',
  from: '2026-09',
  until: null,
  ...changes,
})
const contract = (
  fees: ReturnType<typeof fee>[],
  later: { from: string; fees: ReturnType<typeof fee>[] }[] = [],
): StoredContract => ({
  terms: { ...DEFAULT_TERMS, fees },
  later: later.map((version) => ({ from: version.from, terms: { ...DEFAULT_TERMS, fees: version.fees } })),
  updatedAt: '2026-09-01T08:00:00.000Z',
})
const monthsOf = (due: readonly DueFee[]) => due.map((one) => `${one.fee.price} ${one.month}`)

describe('a month is due in the run that holds its last day', () => {
  const agreed = contract([fee()])
  test.each([
    ['2026-11-01', '2026-11-30', ['2026-11']],
    ['2026-11-01', '2026-11-29', []],
    ['2026-11-30', '2026-12-30', ['2026-11']],
    ['2026-09-15', '2026-11-15', ['2026-09', '2026-10']],
    // Before it was agreed.
    ['2026-01-01', '2026-09-30', ['2026-09']],
    ['2028-02-01', '2028-02-29', ['2028-02']],
  ])('%s to %s', (from, to, months) => {
    expect(dueFees(agreed, { from, to }).map(({ month }) => month)).toEqual(months)
  })
  test('and in none after its last month', () => {
    const ended = contract([fee({ until: '2026-10' })])
    expect(dueFees(ended, { from: '2026-09-01', to: '2027-01-31' }).map(({ month }) => month)).toEqual([
      '2026-09',
      '2026-10',
    ])
  })
  test('nothing is due without a contract', () => {
    expect(dueFees(undefined, { from: '2026-01-01', to: '2026-12-31' })).toEqual([])
  })
})

describe('the price is that of the first of the month', () => {
  const period = { from: '2026-10-01', to: '2026-12-31' }
  test('a change in mid-month counts from the next one', () => {
    const dearer = contract([fee()], [{ from: '2026-11-10', fees: [fee({ price: '300.00' })] }])
    expect(monthsOf(dueFees(dearer, period))).toEqual(['250.00 2026-10', '250.00 2026-11', '300.00 2026-12'])
  })
  test('a change on the first counts at once', () => {
    const dearer = contract([fee()], [{ from: '2026-11-01', fees: [fee({ price: '300.00' })] }])
    expect(monthsOf(dueFees(dearer, period))).toEqual(['250.00 2026-10', '300.00 2026-11', '300.00 2026-12'])
  })
  test('one that is agreed in the course of a month is due for it where it says so', () => {
    const added = contract([], [{ from: '2026-11-10', fees: [fee({ from: '2026-11' })] }])
    expect(monthsOf(dueFees(added, period))).toEqual(['250.00 2026-11', '250.00 2026-12'])
  })
  test('one that is ended in the course of a month was due for it', () => {
    const ended = contract([fee()], [{ from: '2026-11-10', fees: [] }])
    expect(monthsOf(dueFees(ended, period))).toEqual(['250.00 2026-10', '250.00 2026-11'])
  })
})

describe('a month is charged once', () => {
  const due = dueFees(contract([fee()]), { from: '2026-10-01', to: '2026-11-30' })
  const october = { feeId: 'f1', name: 'maintenance', month: '2026-10' }
  test('whichever draft has it', () => {
    expect(notCharged({ charges: { d1: [october] } }, due).map(({ month }) => month)).toEqual(['2026-11'])
    expect(notCharged({ charges: { d1: [] } }, due)).toHaveLength(2)
    expect(notCharged(undefined, due)).toHaveLength(2)
  })
  test('also when the fee was taken off and agreed anew, or only called otherwise', () => {
    const anew = due.map((one) => ({ ...one, feeId: 'f2' }))
    expect(notCharged({ charges: { d1: [october] } }, anew).map(({ month }) => month)).toEqual(['2026-11'])
    const renamed = due.map((one) => ({ ...one, name: 'entretien' }))
    expect(notCharged({ charges: { d1: [october] } }, renamed).map(({ month }) => month)).toEqual(['2026-11'])
  })
})

test('its line names the month, and the days that it is for', () => {
  const [due] = dueFees(contract([fee({ price: '249.995' })]), { from: '2028-02-01', to: '2028-02-29' })
  expect(due && feeLine(due, 'normal')).toMatchObject({
    description: 'Maintenance – 02/2028',
    quantity: '1',
    unit: 'piece',
    price: '249.995',
    net: '250.00',
    vatRate: '21',
    vatCategory: 'S',
    period: { from: '2028-02-01', to: '2028-02-29' },
    ticket: null,
  })
  expect(due && feeLine(due, 'reverse-charge')).toMatchObject({ vatRate: '0', vatCategory: 'AE' })
})

describe('fees of a contract', () => {
  test('keep their id by description, whatever changes; new ones get one', () => {
    const before = [fee(), fee({ id: 'f2', description: 'Sauvegarde' })]
    const given = [
      { description: ' maintenance ', price: '300', vatRate: '21.00', from: '2026-09' },
      {
        id: 'f2',
        description: 'Sauvegarde en ligne',
        price: '20',
        vatRate: '21',
        from: '2026-09',
        until: null,
      },
      { description: 'Licences', price: '8.5', vatRate: '21', from: '2026-12', until: '2027-11' },
    ]
    expect(withFeeIds(given, before, () => 'new')).toEqual([
      { id: 'f1', description: 'maintenance', price: '300.00', vatRate: '21', from: '2026-09', until: null },
      {
        id: 'f2',
        description: 'Sauvegarde en ligne',
        price: '20.00',
        vatRate: '21',
        from: '2026-09',
        until: null,
      },
      { id: 'new', description: 'Licences', price: '8.50', vatRate: '21', from: '2026-12', until: '2027-11' },
    ])
  })
  test('say what is wrong, field by field', () => {
    const faults = feeFaults([
      fee(),
      fee({ description: 'MAINTENANCE ' }),
      fee({ description: ' ' }),
      fee({ description: 'A', until: '2026-08' }),
      fee({ description: 'B', vatRate: '101' }),
    ]).map(({ path, code }) => `${path}: ${code}`)
    expect(faults).toEqual([
      'fees.1.description: fee-twice',
      'fees.2.description: required',
      'fees.3.until: fee-backwards',
      'fees.4.vatRate: too-large',
    ])
  })
})
