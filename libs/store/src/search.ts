/**
 * One folding and one query parser for both engines. Pure: text in, tokens out. `#1001`, `sos@exeko.be` and `c++`
 * are words like any other, and no input is a syntax error.
 */

const LIGATURES: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}
/** Longer tokens are noise (base64, hashes); they are cut, in text and in query alike. */
const MAX_TOKEN = 64
/** A query of more words than this narrows nothing further. */
const MAX_QUERY_WORDS = 20

/** Case, accents and ligatures away: `Œuvre` and `oeuvre` are the same word. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => LIGATURES[letter] ?? letter)
}

/** Folding changes nothing else of it. */
const PLAIN = /^[\x20-\x7e]*$/
/** A word as it is: nothing to trim, no parts. */
const WORD = /^[a-z0-9]+$/

/** What is written without a space, rid of the punctuation around it: `(sos@exeko.be),` → `sos@exeko.be`. */
const WRITTEN = /[^\s"'’`´“”«»„()[\]{}<>,;!?|*…]+/gu
const PARTS = /[\p{L}\p{N}]+/gu

function trimmed(written: string): string {
  return written
    .replace(/^[^\p{L}\p{N}#+@]+/u, '')
    .replace(/[^\p{L}\p{N}+#]+$/u, '')
    .slice(0, MAX_TOKEN)
}

/** The words that find a text: each as it is written, and each of its parts (`exeko.be` → `exeko`, `be`). */
export function wordsOf(text: string): string[] {
  const words = new Set<string>()
  // A text repeats itself, quotes more so: each chunk is folded once. No folding reaches over a space.
  for (const chunk of new Set(text.split(/\s+/))) {
    const folded = fold(chunk)
    if (WORD.test(folded)) words.add(folded.slice(0, MAX_TOKEN))
    else addWords(folded, words)
  }
  return [...words]
}

function addWords(folded: string, words: Set<string>): void {
  for (const [written] of folded.matchAll(WRITTEN)) {
    const whole = trimmed(written)
    if (/[\p{L}\p{N}]/u.test(whole)) words.add(whole)
    for (const [part] of written.matchAll(PARTS)) words.add(part.slice(0, MAX_TOKEN))
  }
}

export interface QueryWord {
  word: string
  /** `impri*`: everything that begins so. */
  prefix: boolean
}

/** All of these must occur. Quotes only group: a phrase is its words. Empty for a query without a word. */
export function parseQuery(text: string): QueryWord[] {
  const found = new Map<string, QueryWord>()
  for (const match of fold(text.slice(0, 1000)).matchAll(/([^\s"'’`´“”«»„()[\]{}<>,;!?|*…]+)(\*?)/gu)) {
    const word = trimmed(match[1] ?? '')
    if (!/[\p{L}\p{N}]/u.test(word)) continue
    const prefix = match[2] === '*'
    found.set(`${word}${match[2] ?? ''}`, { word, prefix })
    if (found.size >= MAX_QUERY_WORDS) break
  }
  return [...found.values()]
}

/** Whether a search for the query finds the text: what both engines do, said of one text. */
export function fits(text: string, query: string): boolean {
  const words = wordsOf(text)
  const wanted = parseQuery(query)
  return (
    wanted.length > 0 &&
    wanted.every(({ word, prefix }) => words.some((own) => (prefix ? own.startsWith(word) : own === word)))
  )
}
