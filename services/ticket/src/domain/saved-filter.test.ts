import { describe, expect, test } from 'vitest'
import { filterOf, MOST_FILTERS, withFilter } from './saved-filter.ts'

describe('what a filter keeps of an address', () => {
  test('what narrows the list, in one order, without blanks around it', () => {
    expect(filterOf('?q=+imprimante+&view=mine')).toBe('view=mine&q=imprimante')
    expect(filterOf('view=mine&q=imprimante')).toBe(filterOf('q=imprimante&view=mine'))
  })
  test('neither where one was in the list nor what no list knows', () => {
    expect(filterOf('company=c1&cursor=abc&__proto__=x&next=//evil.test')).toBe('company=c1')
  })
  test('words with signs of their own come back as they were', () => {
    expect(new URLSearchParams(filterOf('q=c%2B%2B+%26+%231001')).get('q')).toBe('c++ & #1001')
  })
  test.each(['', '?', 'cursor=abc', 'q=++'])('%j filters nothing', (query) => {
    expect(() => filterOf(query)).toThrow(expect.objectContaining({ code: 'invalid-fields' }))
  })
})

describe('a list of filters', () => {
  const filter = (name: string, id = name) => ({ id, name, query: 'view=mine' })
  test('is in the order of their names', () => {
    const kept = withFilter([filter('Réseau'), filter('Urgences')], filter('Sauvegardes'))
    expect(kept.map(({ name }) => name)).toEqual(['Réseau', 'Sauvegardes', 'Urgences'])
  })
  test('has each name once: a filter of the same name takes its place', () => {
    expect(withFilter([filter('Réseau', 'a')], filter('réseau', 'b')).map(({ id }) => id)).toEqual(['b'])
  })
  test('is not endless, and one that is there can still be changed', () => {
    const full = Array.from({ length: MOST_FILTERS }, (_, index) => filter(`Filtre ${index}`))
    expect(() => withFilter(full, filter('un de plus'))).toThrow(
      expect.objectContaining({ code: 'too-many-filters' }),
    )
    expect(withFilter(full, filter('Filtre 7', 'neuf'))).toHaveLength(MOST_FILTERS)
  })
  test('has no filter without a name', () => {
    expect(() => withFilter([], filter(''))).toThrow(expect.objectContaining({ code: 'invalid-fields' }))
  })
})
