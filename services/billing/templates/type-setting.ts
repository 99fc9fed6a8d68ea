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

interface KnownWord extends Word {
  /** The same with a blank behind it, as it is set where another follows: asked for once. */
  withBlank?: Word
}

const words: Record<Weight, Map<string, KnownWord>> = { regular: new Map(), bold: new Map() }

/** Shaped once per thread: invoices say the same words again and again. */
function wordOf(text: string, weight: Weight): KnownWord {
  const own = words[weight]
  let word = own.get(text)
  if (!word) {
    word = shaped(text, weight)
    if (own.size >= MOST_WORDS) own.clear()
    own.set(text, word)
  }
  return word
}

const followed = (word: KnownWord, weight: Weight): Word =>
  (word.withBlank ??= shaped(`${word.text} `, weight))

export interface Face {
  size: number
  bold?: boolean
}

export const weightOf = ({ bold = false }: Face): Weight => (bold ? 'bold' : 'regular')

const points = (width: number, { size }: Face) => (width / 1000) * size

export function widthOf(text: string, face: Face): number {
  const weight = weightOf(face)
  const [last = '', ...before] = text.split(' ').toReversed()
  let { width } = wordOf(last, weight)
  for (const word of before) width += followed(wordOf(word, weight), weight).width
  return points(width, face)
}

/** What stands on one line. */
export interface Line {
  /** Each with the blank behind it, the last without. */
  words: Word[]
  /** In points. */
  width: number
}

/** Lines of at most this width: broken at blanks, a word that is longer than a line where the line ends. */
export function wrapped(text: string, width: number, face: Face): Line[] {
  if (!text.includes('\n')) return wrappedParagraph(text.trimEnd(), width, face)
  return text.split('\n').flatMap((paragraph) => wrappedParagraph(paragraph.trimEnd(), width, face))
}

function wrappedParagraph(text: string, most: number, face: Face): Line[] {
  const weight = weightOf(face)
  const lines: Line[] = []
  /** The open line, without its last word. */
  let before: Word[] = []
  let width = 0
  let last = wordOf('', weight)
  const close = () => lines.push({ words: [...before, last], width: points(width + last.width, face) })
  for (const part of text.split(' ')) {
    const isEmpty = before.length === 0 && last.text === ''
    const word = wordOf(part, weight)
    const blanked = isEmpty ? undefined : followed(last, weight)
    const longer = width + (blanked?.width ?? 0)
    if (points(longer + word.width, face) <= most) {
      if (blanked) before.push(blanked)
      width = longer
      last = word
      continue
    }
    if (!isEmpty) close()
    before = []
    width = 0
    for (const [at, piece] of pieced(part, most, face).entries()) {
      if (at > 0) close()
      last = wordOf(piece, weight)
    }
  }
  close()
  return lines
}

function pieced(word: string, width: number, face: Face): string[] {
  // Pieces that are tried are no words: none of them is kept.
  const fits = (piece: string) => points(shaped(piece, weightOf(face)).width, face) <= width
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
