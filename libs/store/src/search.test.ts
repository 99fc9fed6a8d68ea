import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fits, fold, parseQuery, wordsOf } from './search.ts'

describe('folding', () => {
  test.each([
    ['Œuvre', 'oeuvre'],
    ['Straße', 'strasse'],
    ['ÉTÉ à Liège', 'ete a liege'],
    ['ﬁchier', 'fichier'],
    ['Øystein', 'oystein'],
  ])('%j is %j', (given, folded) => {
    expect(fold(given)).toBe(folded)
  })
})

describe('words of a text', () => {
  test.each([
    ['Voir #1001.', ['voir', '#1001', '1001']],
    ['Écrire à sos@exeko.be, merci', ['ecrire', 'a', 'sos@exeko.be', 'sos', 'exeko', 'be', 'merci']],
    ['du C++ et du Node.js', ['du', 'c++', 'c', 'et', 'node.js', 'node', 'js']],
    ["l'imprimante (2e étage)", ['l', 'imprimante', '2e', 'etage']],
    ['--- *** !!!', []],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

/** What takes part in folding: letters, marks that stand alone or change what is before them, spaces of all kinds. */
const SCRAPS = [
  'é',
  'e\u0301',
  '\u0301',
  '\u0327',
  'Σ',
  'ΟΔΟΣ',
  'ﬁ',
  'İ',
  '…',
  '´',
  '\u00a0',
  '\u2003',
  ' ',
  '\n',
  '#10',
  'c++',
  "l'",
  '.be',
  'A',
  '١',
]

test('text is folded the same in one piece and chunk by chunk', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SCRAPS), { maxLength: 30 }), (scraps) => {
      const text = scraps.join('')
      // Every space apart from the chunks between them: what is folded whole has the same words.
      expect(wordsOf(fold(text))).toEqual(wordsOf(text))
      const chunks = text.split(/\s+/)
      expect(chunks.map(fold).join(' ')).toBe(fold(chunks.join(' ')))
    }),
  )
})

describe('a query', () => {
  test('is the words that must occur, with prefixes', () => {
    expect(parseQuery('"réseau lent" impri* c++')).toEqual([
      { word: 'reseau', prefix: false },
      { word: 'lent', prefix: false },
      { word: 'impri', prefix: true },
      { word: 'c++', prefix: false },
    ])
  })

  test('is never a syntax error, and finds what was written in the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const words = new Set(wordsOf(text))
        for (const { word, prefix } of parseQuery(text)) {
          expect(prefix ? [...words].some((each) => each.startsWith(word)) : words.has(word)).toBe(true)
        }
      }),
    )
  })

  test('is bounded', () => {
    expect(parseQuery(Array.from({ length: 5000 }, (_, i) => `w${i}`).join(' ')).length).toBeLessThanOrEqual(
      20,
    )
  })
})

test.each([
  ['Crèmerie Élise, Namur', 'elise namur', true],
  ['Crèmerie Élise, Namur', 'crem*', true],
  ['Crèmerie Élise, Namur', 'crem', false],
  ['Crèmerie Élise, Namur', 'elise liège', false],
  ['Crèmerie Élise, Namur', '  ', false],
])('%j is found by %j: %s', (text, query, found) => {
  expect(fits(text, query)).toBe(found)
})
