/** Text as it is set: what the font lacks made visible, lines broken to a width, lengths measured. */
import { fonts, type Weight } from './fonts.ts'
import { COMMON, LACKING, shaped, type Word } from './shaping.ts'

const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' })

/**
 * Signs that are seen are replaced where the font lacks them, each as the reader counts them; those that are never
 * seen (joiners, direction marks, control signs) are left out. Private use areas mean nothing on paper, and PDF/A-3a
 * forbids them (clause 6.2.11.7.3).
 */
export function printable(text: string): string {
  return COMMON.test(text) ? text : replaced(text)
}

function replaced(text: string): string {
  const { regular } = fonts()
  let printed = ''
  for (const { segment } of graphemes.segment(text.toWellFormed().normalize('NFC'))) {
    if (/^[ -~]$/.test(segment)) {
      printed += segment
      continue
    }
    if (/^\r?\n$/.test(segment)) {
      printed += '\n'
      continue
    }
    const seen = segment.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    if (/^\p{Cc}$/u.test(seen)) printed += ' '
    else {
      const known = [...seen].every(
        (sign) => regular.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) && !/\p{Co}|\p{Cf}/u.test(sign),
      )
      printed += known ? seen : LACKING
    }
  }
  return printed
}

/** Enough for the words that all invoices say, few enough that a thread's memory stays what it is. */
const MOST_WORDS = 10_000
const words: Record<Weight, Map<string, Word>> = { regular: new Map(), bold: new Map() }

/** Shaped once per thread: invoices say the same words again and again. */
export function wordOf(text: string, weight: Weight): Word {
  const own = words[weight]
  let word = own.get(text)
  if (!word) {
    word = shaped(text, weight)
    if (own.size >= MOST_WORDS) own.clear()
    own.set(text, word)
  }
  return word
}

/** Each with the blank behind it, as they are set. */
export function wordsOf(text: string): string[] {
  return text.match(/[^ ]* |[^ ]+$/g) ?? []
}

export interface Face {
  size: number
  bold?: boolean
}

export const weightOf = ({ bold = false }: Face): Weight => (bold ? 'bold' : 'regular')

const ems = (word: string, weight: Weight) => (word === '' ? 0 : wordOf(word, weight).width / 1000)

/** In points. */
export function widthOf(text: string, face: Face): number {
  const weight = weightOf(face)
  let width = 0
  for (const word of wordsOf(text)) width += ems(word, weight)
  return width * face.size
}

/** Lines of at most this width: broken at blanks, a word that is longer than a line where the line ends. */
export function wrapped(text: string, width: number, face: Face): string[] {
  return text.split('\n').flatMap((paragraph) => wrappedParagraph(paragraph.trimEnd(), width, face))
}

function wrappedParagraph(text: string, width: number, face: Face): string[] {
  const weight = weightOf(face)
  const lines: string[] = []
  let line = ''
  /** The line's last word, and the width of those before it: each with its blank. */
  let last = ''
  let before = 0
  for (const word of text.split(' ')) {
    const withBlank = line === '' ? 0 : before + ems(`${last} `, weight)
    if ((withBlank + ems(word, weight)) * face.size <= width) {
      line = line === '' ? word : `${line} ${word}`
      before = withBlank
      last = word
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = pieced(word, width, face)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
    before = 0
    last = line
  }
  return [...lines, line]
}

function pieced(word: string, width: number, face: Face): string[] {
  // Pieces that are tried are no words: none of them is kept.
  const fits = (piece: string) => (shaped(piece, weightOf(face)).width / 1000) * face.size <= width
  if (fits(word)) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && !fits(piece + segment)) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}
