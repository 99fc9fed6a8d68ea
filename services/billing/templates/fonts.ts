/**
 * Source Sans 3 (SIL Open Font License 1.1): has the accents of every European language, and figures of one width.
 * Parsed once per thread: that costs more than drawing a page.
 */
import { create, type Font } from 'fontkit'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)
const FOLDER = '@expo-google-fonts/source-sans-3'

export type Weight = 'regular' | 'bold'

let parsed: Record<Weight, Font> | undefined

export function fonts(): Record<Weight, Font> {
  parsed ??= {
    regular: font(`${FOLDER}/400Regular/SourceSans3_400Regular.ttf`),
    bold: font(`${FOLDER}/600SemiBold/SourceSans3_600SemiBold.ttf`),
  }
  return parsed
}

function font(path: string): Font {
  const read = create(readFileSync(resolve(path)))
  if (!('layout' in read)) throw new Error(`${path} holds several fonts`)
  // Everything here reckons in thousandths of an em, as PDF does.
  if (read.unitsPerEm !== 1000) throw new Error(`${path} has another em than 1000 units`)
  return read
}
