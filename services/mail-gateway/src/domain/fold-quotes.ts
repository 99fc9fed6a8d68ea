/**
 * What the author wrote, apart from what their program quoted below or around it. Folding is presentation: every line
 * is in one of the two, in its order. One walk over the lines, so that 100 KB of dashes cost what 100 KB cost.
 */
import {
  attributionLength,
  isForwardDivider,
  isHeaderBlock,
  isOriginalDivider,
  isQuoted,
  isRule,
  nextWritten,
} from './quote-openings.ts'
import { isSignature } from './signatures.ts'

export interface Folded {
  text: string
  /** null when nothing was folded. */
  quoted: string | null
}

interface Piece {
  kind: 'written' | 'quoted'
  from: number
  to: number
}

export function foldQuotes(body: string): Folded {
  const lines = body.replace(/\r\n?/g, '\n').split('\n')
  const isFolded = lines.map(() => false)
  for (const piece of piecesOf(lines)) {
    if (piece.kind === 'quoted') isFolded.fill(true, piece.from, piece.to)
    else foldSignature(lines, isFolded, piece)
  }
  const text = trimmed(lines.filter((_line, index) => !isFolded[index]))
  const quoted = trimmed(lines.filter((_line, index) => isFolded[index]))
  // A mail that is nothing but a quote says what it quotes.
  if (text.trim() === '' && quoted.trim() !== '') return { text: quoted, quoted: null }
  return { text, quoted: quoted.trim() === '' ? null : quoted }
}

const trimmed = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()

/** The mail as stretches that the author wrote and stretches that were quoted, in order. */
function piecesOf(lines: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  const quote = (start: number, end: number) => {
    if (start > from) pieces.push({ kind: 'written', from, to: start })
    pieces.push({ kind: 'quoted', from: start, to: end })
    from = end
  }
  let index = 0
  while (index < lines.length) {
    const line = lines[index] ?? ''
    // What is forwarded stays, and with it all that it quotes.
    if (isForwardDivider(line)) break
    const attribution = attributionLength(lines, index)
    if (isOriginalDivider(line) || isHeaderBlock(lines, index)) {
      quote(ruleAbove(lines, index, from), lines.length)
      break
    }
    if (attribution > 0 && !isQuoted(nextWritten(lines, index + attribution))) {
      // Quoted without ">": all the rest is the quote.
      quote(index, lines.length)
      break
    }
    const length = attribution || (isQuoted(line) ? 1 : 0)
    if (length > 0) quote(index, index + length)
    index += Math.max(1, length)
  }
  if (from < lines.length) pieces.push({ kind: 'written', from, to: lines.length })
  return pieces
}

/** The rule that a program draws above its header block belongs to the block. */
function ruleAbove(lines: readonly string[], index: number, from: number): number {
  let above = index - 1
  while (above > from && above > index - 3 && (lines[above] ?? '').trim() === '') above -= 1
  return above >= from && isRule(lines[above] ?? '') ? above : index
}

/** A signature ends the stretch it is in; what is forwarded below it stays. */
function foldSignature(lines: readonly string[], isFolded: boolean[], { from, to }: Piece): void {
  let hasText = false
  for (let index = from; index < to; index += 1) {
    const line = lines[index] ?? ''
    if (isForwardDivider(line)) return
    if (hasText && isSignature(lines, index, to)) {
      let end = index
      while (end < to && !isForwardDivider(lines[end] ?? '')) end += 1
      isFolded.fill(true, index, end)
      return
    }
    hasText ||= line.trim() !== ''
  }
}
