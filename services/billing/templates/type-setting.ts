/**
 * Text as it is set: what the font lacks made visible, lines broken to a width, lengths measured. One word is measured
 * once per thread, because invoices say the same words again and again.
 */
import { fonts } from './fonts.ts'

/** A square, which the font has: what stands where a sign was that it lacks. */
export const LACKING = '□'

const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' })

/**
 * Signs that are seen are replaced where the font lacks them, each as the reader counts them; those that are never
 * seen (joiners, direction marks, control signs) are left out. Private use areas mean nothing on paper, and PDF/A-3a
 * forbids them (clause 6.2.11.7.3).
 */
export function printable(text: string): string {
  return COMMON.test(text) ? text : replaced(text)
}

/** What Western European texts are made of; the font has all of it. */
const COMMON = /^[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ffŒœŸ–—‘’“”„•…€−\u202f]*$/

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

type Weight = 'regular' | 'bold'
const MOST_WORDS = 20_000
const widths: Record<Weight, Map<string, number>> = { regular: new Map(), bold: new Map() }

function wordWidth(word: string, weight: Weight): number {
  const known = widths[weight].get(word)
  if (known !== undefined) return known
  const font = fonts()[weight]
  const width = font.layout(word).advanceWidth / font.unitsPerEm
  if (widths[weight].size >= MOST_WORDS) widths[weight].clear()
  widths[weight].set(word, width)
  return width
}

export interface Face {
  size: number
  bold?: boolean
}

/** In points. Words are measured each by itself, with the blank behind it, as pdfkit sets them. */
export function widthOf(text: string, { size, bold = false }: Face): number {
  const weight = bold ? 'bold' : 'regular'
  let width = 0
  for (const word of text.match(/[^ ]* |[^ ]+$/g) ?? []) width += wordWidth(word, weight)
  return width * size
}

/** Lines of at most this width: broken at blanks, a word that is longer than a line where the line ends. */
export function wrapped(text: string, width: number, face: Face): string[] {
  return text.split('\n').flatMap((paragraph) => wrappedParagraph(paragraph.trimEnd(), width, face))
}

function wrappedParagraph(text: string, width: number, face: Face): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer, face) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = pieced(word, width, face)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

function pieced(word: string, width: number, face: Face): string[] {
  if (widthOf(word, face) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && widthOf(piece + segment, face) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}
