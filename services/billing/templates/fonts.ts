/**
 * Source Sans 3 (SIL Open Font License 1.1): has the accents of every European language, and figures of one width.
 * Parsed once per thread: that costs more than drawing a page.
 */
import { create, type Font, type GlyphRun } from 'fontkit'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)
const FOLDER = '@expo-google-fonts/source-sans-3'

let parsed: { regular: Font; bold: Font } | undefined

export function fonts(): { regular: Font; bold: Font } {
  parsed ??= {
    regular: font(`${FOLDER}/400Regular/SourceSans3_400Regular.ttf`),
    bold: font(`${FOLDER}/600SemiBold/SourceSans3_600SemiBold.ttf`),
  }
  return parsed
}

function font(path: string): Font {
  const read = create(readFileSync(resolve(path)))
  if (!('layout' in read)) throw new Error(`${path} holds several fonts`)
  return remembering(read)
}

const MOST_WORDS = 20_000

/**
 * A word is shaped once per thread, not once per document: invoices say the same words again and again. pdfkit scales
 * what it gets to thousandths of an em, in place; in a font of 1000 units that changes nothing, so that one run may
 * serve many documents.
 */
function remembering(font: Font): Font {
  if (font.unitsPerEm !== 1000) return font
  const runs = new Map<string, GlyphRun>()
  const shape = font.layout.bind(font)
  font.layout = (text, features, ...more) => {
    if (typeof text !== 'string' || features !== undefined || more.length > 0)
      return shape(text, features, ...more)
    let run = runs.get(text)
    if (!run) {
      run = shape(text)
      if (runs.size >= MOST_WORDS) runs.clear()
      runs.set(text, run)
    }
    return run
  }
  return font
}
