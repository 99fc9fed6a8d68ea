/** The official OpenPeppol rules, for tests: the validator of peppol-rules/. */
import { brokenRules } from './java-rules.ts'

/** By name: the rules broken, none for a sound file. */
export function brokenPeppolRules(files: Record<string, Uint8Array>): Record<string, string[]> {
  return brokenRules({ folder: 'peppol-rules', program: 'ValidatePeppol.java' }, files)
}
