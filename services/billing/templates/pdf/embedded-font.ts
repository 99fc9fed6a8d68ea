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
  /** Glyph to what it says: of the signs that share one, the first. */
  meanings: Map<number, string>
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
    const meanings = new Map([[0, '\0']])
    for (const text of [...signs, LACKING, ...LIGATURES]) {
      const glyphs = asked(text, weight)
      for (const { id } of glyphs) if (!meanings.has(id)) meanings.set(id, glyphs.length === 1 ? text : '')
    }
    common = {
      codes: new Map([...meanings.keys()].map((id, code) => [id, code])),
      meanings,
      part: partOf(weight, meanings),
    }
    commons.set(weight, common)
  }
  return common
}

function partOf(weight: Weight, meanings: ReadonlyMap<number, string>): Part {
  const font = fonts()[weight]
  const glyphs = [...meanings.keys()]
  const subset = font.createSubset()
  for (const id of glyphs) subset.includeGlyph(font.getGlyph(id))
  const letters = [...createHash('sha256').update(glyphs.join(' ')).digest().subarray(0, 6)]
  return {
    program: deflateSync(subset.encode()),
    toUnicode: deflateSync(Buffer.from(unicodeMap([...meanings.values()]), 'latin1')),
    widths: `[0 [${glyphs.map((id) => number(font.getGlyph(id).advanceWidth)).join(' ')}]]`,
    tag: String.fromCharCode(...letters.map((letter) => 65 + (letter % 26))),
  }
}

/** The sign that an uncommon glyph is for; where it is for none by itself, those that it was made of. */
function meaningOf(id: number, weight: Weight): string {
  const font = fonts()[weight]
  return font.stringsForGlyph(id)[0] ?? String.fromCodePoint(...font.getGlyph(id).codePoints)
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
  /** From the baseline up, in thousandths of an em. */
  readonly ascent: number
  isUsed = false
  /** Of glyphs that are not common: theirs follow. */
  #codes = new Map<number, number>()

  constructor(weight: Weight, resource: string) {
    this.weight = weight
    this.resource = resource
    this.ascent = fonts()[weight].ascent
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
    const { codes } = commonOf(this.weight)
    const code = codes.get(id) ?? this.#codes.get(id)
    if (code !== undefined) return code
    const next = codes.size + this.#codes.size
    this.#codes.set(id, next)
    return next
  }

  part(): Part {
    const { meanings, part } = commonOf(this.weight)
    if (this.#codes.size === 0) return part
    const own = [...this.#codes.keys()].map((id): [number, string] => [id, meaningOf(id, this.weight)])
    return partOf(this.weight, new Map([...meanings, ...own]))
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
