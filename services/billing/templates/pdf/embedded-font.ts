/**
 * The font as it lies in the file (ISO 32000-1, 9.7 and 9.8). One part of it, the common signs, is made and deflated
 * once per thread and lies in every file; a document that says more gets a part of its own, with the common signs
 * first. So the same glyph has the same code in every document, and words' codes are kept from one to the next.
 */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { fonts, type Weight } from '../fonts.ts'
import { asked, COMMON, LACKING, type Word } from '../shaping.ts'
import { number } from './syntax.ts'

/** What the font writes as one sign of its own. */
const LIGATURES = ['ff', 'ft', 'fft']

interface Part {
  /** The deflated font and its way back to Unicode. */
  program: Uint8Array
  toUnicode: Uint8Array
  widths: string
  /** Six letters before the font's name: another part, another name (9.6.4). */
  tag: string
}

interface Common {
  /** Glyph to code. */
  codes: Map<number, number>
  glyphs: number[]
  part: Part
}

const commons = new Map<Weight, Common>()

function commonOf(weight: Weight): Common {
  let common = commons.get(weight)
  if (!common) {
    const signs = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter(
      (sign) => sign !== '\n' && COMMON.test(sign),
    )
    // 0 is what no sign has (.notdef): every font has it.
    const ids = [...signs, LACKING, ...LIGATURES].flatMap((text) => asked(text, weight).map(({ id }) => id))
    const glyphs = [...new Set([0, ...ids])]
    common = {
      codes: new Map(glyphs.map((id, code) => [id, code])),
      glyphs,
      part: partOf(weight, glyphs),
    }
    commons.set(weight, common)
  }
  return common
}

function partOf(weight: Weight, glyphs: readonly number[]): Part {
  const font = fonts()[weight]
  const subset = font.createSubset()
  for (const id of glyphs) subset.includeGlyph(font.getGlyph(id))
  const letters = [...createHash('sha256').update(glyphs.join(' ')).digest().subarray(0, 6)]
  return {
    program: deflateSync(subset.encode()),
    toUnicode: deflateSync(Buffer.from(unicodeMap(glyphs.map((id) => meaningOf(id, weight))), 'latin1')),
    widths: `[0 [${glyphs.map((id) => number(font.getGlyph(id).advanceWidth)).join(' ')}]]`,
    tag: String.fromCharCode(...letters.map((letter) => 65 + (letter % 26))),
  }
}

/** The sign that it is for; where it is for none by itself, those that it was made of. */
function meaningOf(id: number, weight: Weight): string {
  const font = fonts()[weight]
  const ligature = LIGATURES.find((text) => {
    const [only, ...more] = asked(text, weight)
    return only?.id === id && more.length === 0
  })
  if (id === 0) return '\0'
  if (ligature) return ligature
  // The common ones first: the map knows others that look the same.
  const signs = font.stringsForGlyph(id)
  return (
    signs.find((sign) => COMMON.test(sign)) ??
    signs[0] ??
    String.fromCodePoint(...font.getGlyph(id).codePoints)
  )
}

const hex = (code: number) => code.toString(16).padStart(4, '0')

function unicodeMap(meanings: readonly string[]): string {
  const ranges: string[] = []
  for (let from = 0; from < meanings.length; from += 256) {
    const own = meanings.slice(from, from + 256).map((text) => {
      let units = ''
      for (let at = 0; at < text.length; at += 1) units += hex(text.charCodeAt(at))
      return `<${units}>`
    })
    ranges.push(`<${hex(from)}> <${hex(from + own.length - 1)}> [${own.join(' ')}]`)
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000><ffff>',
    'endcodespacerange',
    `${ranges.length} beginbfrange`,
    ...ranges,
    'endbfrange',
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n')
}

/** What a word is in a TJ; kept with the word where it is common signs alone, which is nearly always. */
const shownCommon = new WeakMap<Word, string | null>()

/** The font of one document. */
export class EmbeddedFont {
  readonly weight: Weight
  /** What pages call it. */
  readonly resource: string
  isUsed = false
  #own: number[] = []
  #codes = new Map<number, number>()

  constructor(weight: Weight, resource: string) {
    this.weight = weight
    this.resource = resource
  }

  /** From the baseline up, in thousandths of an em. */
  get ascent(): number {
    return fonts()[this.weight].ascent
  }

  /** Operators that show these words one after the other. Raised signs need the size to be raised by. */
  shown(words: readonly Word[], size: number): string {
    this.isUsed = true
    const body = words.map((word) => this.#word(word, size)).join('')
    // What nothing stands between is one string.
    return `[${body.replaceAll('><', '')}] TJ`
  }

  #word(word: Word, size: number): string {
    let common = shownCommon.get(word)
    if (common === undefined) {
      const { codes } = commonOf(this.weight)
      const isCommon = word.glyphs.every(({ id, yOffset }) => codes.has(id) && yOffset === 0)
      common = isCommon ? this.#glyphs(word, size) : null
      shownCommon.set(word, common)
    }
    return common ?? this.#glyphs(word, size)
  }

  #glyphs({ glyphs }: Word, size: number): string {
    let shown = ''
    for (const { id, width, advance, xOffset, yOffset } of glyphs) {
      const code = `<${hex(this.#codeOf(id))}>`
      const [before, after] = [moved(-xOffset), moved(width + xOffset - advance)]
      shown +=
        yOffset === 0
          ? before + code + after
          : `] TJ\n${number((yOffset * size) / 1000)} Ts\n[${before}${code}${after}] TJ\n0 Ts\n[`
    }
    return shown
  }

  #codeOf(id: number): number {
    const { codes, glyphs } = commonOf(this.weight)
    const code = codes.get(id) ?? this.#codes.get(id)
    if (code !== undefined) return code
    const next = glyphs.length + this.#own.push(id) - 1
    this.#codes.set(id, next)
    return next
  }

  part(): Part {
    const { glyphs, part } = commonOf(this.weight)
    return this.#own.length === 0 ? part : partOf(this.weight, [...glyphs, ...this.#own])
  }

  /** The descriptor's figures. */
  facts(): { name: string; described: string } {
    const { postscriptName, bbox, italicAngle, ascent, descent, capHeight, xHeight } = fonts()[this.weight]
    const box = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(number).join(' ')
    return {
      name: postscriptName,
      // Flags 4: signs beyond the standard Latin set (9.8.2).
      described:
        `/Flags 4 /FontBBox [${box}] /ItalicAngle ${number(italicAngle)} /Ascent ${number(ascent)} ` +
        `/Descent ${number(descent)} /CapHeight ${number(capHeight)} /XHeight ${number(xHeight)} /StemV 0`,
    }
  }
}

/** A TJ's figure moves what follows to the left. */
const moved = (left: number) => (left === 0 ? '' : ` ${number(left)} `)
