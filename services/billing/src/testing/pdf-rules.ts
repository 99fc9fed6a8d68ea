/** PDF/A-3a and PDF/UA-1 by veraPDF, for tests: the validator of pdf-rules/. */
import { brokenRules } from './java-rules.ts'

/** By name: the rules broken, none for a sound file. */
export function brokenPdfRules(files: Record<string, Uint8Array>): Record<string, string[]> {
  return brokenRules({ folder: 'pdf-rules', program: 'ValidatePdf.java' }, files)
}
