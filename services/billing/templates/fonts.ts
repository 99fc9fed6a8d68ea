/** Source Sans 3 (SIL Open Font License 1.1): has the accents of every European language, and tabular figures. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)
const FOLDER = '@expo-google-fonts/source-sans-3'

let read: { regular: Buffer; bold: Buffer } | undefined

export function fonts(): { regular: Buffer; bold: Buffer } {
  read ??= {
    regular: readFileSync(resolve(`${FOLDER}/400Regular/SourceSans3_400Regular.ttf`)),
    bold: readFileSync(resolve(`${FOLDER}/600SemiBold/SourceSans3_600SemiBold.ttf`)),
  }
  return read
}
