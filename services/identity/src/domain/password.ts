/** The guide's password rules. Pure. */
import { dictionary } from '@zxcvbn-ts/language-common'
import type { FieldFault } from '@guichet/contracts/failure'

const MIN_LENGTH = 8
/** Beyond this, hashing is a way to keep the house busy. OWASP ASVS 5.0 6.2.9 asks for at least 64. */
const MAX_LENGTH = 200
/** What the list, which is English, lacks of what people here choose. */
const COMMON_HERE =
  'motdepasse azerty azertyuiop azerty123 bonjour soleil doudou loulou chouchou jetaime marseille bruxelles belgique ' +
  'printemps automne vacances secret123 bienvenue welkom wachtwoord geheim zomer winter lente herfst hallo123 ' +
  'brussel belgie voetbal liefde'
const COMMON = new Set([...dictionary['passwords-common'].slice(0, 3000), ...COMMON_HERE.split(' ')])

const RULES: readonly [code: string, broken: (password: string) => boolean][] = [
  ['password-too-short', (password) => [...password].length < MIN_LENGTH],
  ['password-too-long', (password) => [...password].length > MAX_LENGTH],
  ['password-no-lower-case', (password) => !/\p{Ll}/u.test(password)],
  ['password-no-upper-case', (password) => !/\p{Lu}/u.test(password)],
  ['password-no-digit', (password) => !/\p{Nd}/u.test(password)],
  ['password-no-special', (password) => !/[^\p{L}\p{N}\s]/u.test(password)],
  ['password-common', isCommon],
]

/** One fault per broken rule; empty for a good password. */
export function passwordFaults(password: string): FieldFault[] {
  return RULES.filter(([, broken]) => broken(password)).map(([code]) => ({ path: 'password', code }))
}

/** `Password1!` and `P@ssw0rd1!` are `password` with what the other rules asked for. */
function isCommon(password: string): boolean {
  const plain = password.toLowerCase()
  const undressed = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const unpunctuated = plain.replace(/[^\p{L}\p{N}]+$/u, '')
  return [
    plain,
    undressed,
    unpunctuated,
    spelledOut(plain),
    spelledOut(undressed),
    spelledOut(unpunctuated),
  ].some((variant) => COMMON.has(variant))
}

function spelledOut(text: string): string {
  const letters: Record<string, string> = {
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '€': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    $: 's',
    '5': 's',
  }
  return text.replace(/[@43€1!0$5]/g, (sign) => letters[sign] ?? sign)
}
