import { expect, test } from 'vitest'
import { changedFields } from './changed-fields.ts'

test('only what differs is told, by its path, with what was there before', () => {
  const before = { name: 'Exeko', address: { city: 'Wavre', zip: '1300' }, bic: null }
  const after = {
    name: 'Exeko',
    address: { city: 'Namur', zip: '1300' },
    iban: 'BE68539007547034',
    bic: null,
  }
  expect(changedFields(before, after)).toEqual([
    { field: 'address.city', from: 'Wavre', to: 'Namur' },
    { field: 'iban', from: null, to: 'BE68539007547034' },
  ])
})

test('a setting that was not there yet is new in every field; one that goes is gone in every field', () => {
  expect(changedFields(undefined, { next: 12 })).toEqual([{ field: 'next', from: null, to: '12' }])
  expect(changedFields({ next: 12 }, null)).toEqual([{ field: 'next', from: '12', to: null }])
})

test('a long text is cut, and a list is told by its places', () => {
  expect(changedFields({ steps: ['a', 'b'] }, { steps: ['a', 'x'.repeat(1000)] })).toEqual([
    { field: 'steps.1', from: 'b', to: 'x'.repeat(300) },
  ])
})
