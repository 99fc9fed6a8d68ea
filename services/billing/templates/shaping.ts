/**
 * Words as the font sets them: which glyphs, how far apart. Asking the font costs a tenth of a millisecond a word, and
 * every invoice has hundreds of its own (dates, amounts, numbers): so a word of common signs is put together from its
 * pairs, which are asked once per thread. What comes out depends on the word alone.
 */
import { fonts, type Weight } from './fonts.ts'

/** What Western European texts are made of; the font has all of it. */
export const COMMON = /^[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ffŒœŸ–—‘’“”„•…€−\u202f]*$/
/** A square, which the font has: what stands where a sign was that it lacks. */
export const LACKING = '□'

/** Thousandths of an em, from where the glyph before it ends. */
export interface Glyph {
  id: number
  /** As the font's own table says. */
  width: number
  /** To the next one: the width and what the pair is moved by. */
  advance: number
  xOffset: number
  yOffset: number
}

export interface Word {
  text: string
  width: number
  glyphs: Glyph[]
}

export function shaped(text: string, weight: Weight): Word {
  const glyphs = composed(text, weight) ?? asked(text, weight)
  return { text, width: glyphs.reduce((width, { advance }) => width + advance, 0), glyphs }
}

/** As the font itself says, with ligatures and marks. */
export function asked(word: string, weight: Weight): Glyph[] {
  const { glyphs, positions } = fonts()[weight].layout(word)
  return glyphs.map(({ id, advanceWidth }, at) => {
    const { xAdvance = advanceWidth, xOffset = 0, yOffset = 0 } = positions[at] ?? {}
    return { id, width: advanceWidth, advance: xAdvance, xOffset, yOffset }
  })
}

interface Known {
  signs: Map<string, Glyph | null>
  /** What a pair is moved by; null: together they are another thing than one after the other. */
  pairs: Map<string, number | null>
}

const known: Record<Weight, Known> = {
  regular: { signs: new Map(), pairs: new Map() },
  bold: { signs: new Map(), pairs: new Map() },
}

/** undefined: the word has a sign or a pair that has to be asked with its neighbours. */
function composed(word: string, weight: Weight): Glyph[] | undefined {
  if (!COMMON.test(word)) return undefined
  const glyphs: Glyph[] = []
  for (let at = 0; at < word.length; at += 1) {
    const glyph = signOf(word.charAt(at), weight)
    const moved = at + 1 < word.length ? pairOf(word.slice(at, at + 2), weight) : 0
    if (!glyph || moved === null) return undefined
    glyphs.push(moved === 0 ? glyph : { ...glyph, advance: glyph.width + moved })
  }
  return glyphs
}

function signOf(sign: string, weight: Weight): Glyph | null {
  const { signs } = known[weight]
  let glyph = signs.get(sign)
  if (glyph === undefined) {
    const [only, ...more] = asked(sign, weight)
    glyph = only && more.length === 0 && isPlain(only) && only.advance === only.width ? only : null
    signs.set(sign, glyph)
  }
  return glyph
}

function pairOf(pair: string, weight: Weight): number | null {
  const { pairs } = known[weight]
  let moved = pairs.get(pair)
  if (moved === undefined) {
    const [first, second, ...more] = asked(pair, weight)
    const isPair =
      first?.id === signOf(pair.charAt(0), weight)?.id &&
      second?.id === signOf(pair.charAt(1), weight)?.id &&
      more.length === 0
    moved =
      isPair && first && second && isPlain(first) && isPlain(second) && second.advance === second.width
        ? first.advance - first.width
        : null
    pairs.set(pair, moved)
  }
  return moved
}

const isPlain = ({ xOffset, yOffset }: Glyph) => xOffset === 0 && yOffset === 0
