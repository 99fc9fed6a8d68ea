import { describe, expect, test } from 'vitest'
import { mentionedIn } from './mentions.ts'

const COLLEAGUES = [
  { id: 'sofie', name: 'Sofie Peeters' },
  { id: 'zoe', name: 'Zoé Martin' },
  { id: 'tom', name: 'Thomas Lejeune' },
  { id: 'tom2', name: 'Thomas Lejeune-Dupont' },
  { id: 'jean', name: 'Jean-Luc Moreau' },
]

describe('a colleague is called', () => {
  test.each([
    ['by the whole name', 'Peux-tu voir @Sofie Peeters ?', ['sofie']],
    ['without accents or capitals', '@zoe martin: au bureau demain', ['zoe']],
    ['by a first name that only one has', 'merci @Sofie, et @Jean-Luc', ['sofie', 'jean']],
    ['by the longer of two names', '@Thomas Lejeune-Dupont', ['tom2']],
    ['once, however often', '@Sofie @sofie @Sofie Peeters', ['sofie']],
    ['in parentheses and at the end of a line', '(@Zoé)\n@Sofie\nvoilà', ['zoe', 'sofie']],
  ])('%s', (_how, text, ids) => {
    expect(mentionedIn(text, COLLEAGUES)).toEqual(ids)
  })
})

describe('nobody is called', () => {
  test.each([
    ['by a first name that two have', 'demande à @Thomas'],
    ['by an address', 'écrire à sofie@sofie.be ou sos@Sofie'],
    ['by part of a name', '@Sofi, @Sofiette'],
    ['by a lone sign', 'prix @ 3 €, @'],
    ['by a name nobody has', '@Bernard'],
  ])('%s', (_how, text) => {
    expect(mentionedIn(text, COLLEAGUES)).toEqual([])
  })

  test('100 KB of signs are read in no time', () => {
    expect(mentionedIn('@'.repeat(100_000), COLLEAGUES)).toEqual([])
    expect(mentionedIn('@x '.repeat(33_000), COLLEAGUES)).toEqual([])
  })
})
