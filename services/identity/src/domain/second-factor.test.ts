import { Secret } from 'otpauth'
import { describe, expect, test } from 'vitest'
import {
  acceptedStep,
  afterCode,
  plainRecoveryCode,
  recoveryCodeOf,
  uriOf,
  type StoredSecondFactor,
} from './second-factor.ts'

/** RFC 6238, Appendix B: the ASCII key, and the last six of its eight digits (RFC 4226 5.3: Snum mod 10^Digit). */
const SECRET = Secret.fromUTF8('12345678901234567890').base32
const VECTORS = [
  [59, 1, '287082'],
  [1_111_111_109, 37_037_036, '081804'],
  [1_111_111_111, 37_037_037, '050471'],
  [1_234_567_890, 41_152_263, '005924'],
  [2_000_000_000, 66_666_666, '279037'],
  [20_000_000_000, 666_666_666, '353130'],
] as const

describe('a code of the application', () => {
  test.each(VECTORS)('RFC 6238, Appendix B, SHA-1: at %i s, step %i, it is %s', (seconds, step, code) => {
    expect(acceptedStep(SECRET, code, seconds * 1000)).toBe(step)
  })

  test('RFC 6238 5.2: one step early or late is taken, two are not', () => {
    const at = (steps: number) => (1_234_567_890 + steps * 30) * 1000
    expect([-2, -1, 0, 1, 2].map((steps) => acceptedStep(SECRET, '005924', at(steps)))).toEqual([
      undefined,
      41_152_263,
      41_152_263,
      41_152_263,
      undefined,
    ])
  })

  test('as it is read aloud, in two groups of three', () => {
    expect(acceptedStep(SECRET, ' 005 924 ', 1_234_567_890_000)).toBe(41_152_263)
  })

  test.each(['', '5924', '0059240', '00592a', '００５９２４'])('%j is none', (given) => {
    expect(acceptedStep(SECRET, given, 1_234_567_890_000)).toBeUndefined()
  })

  test('a step that was accepted is not accepted again, nor one before it; the next one is', () => {
    const at = 1_111_111_111_000
    expect(acceptedStep(SECRET, '050471', at, 37_037_037)).toBeUndefined()
    expect(acceptedStep(SECRET, '081804', at, 37_037_037)).toBeUndefined()
    expect(acceptedStep(SECRET, '050471', at, 37_037_036)).toBe(37_037_037)
  })
})

test('the picture says what applications read', () => {
  const uri = new URL(uriOf(SECRET, 'Exeko & Co', 'anne@exeko.be'))
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Exeko & Co:anne@exeko.be',
  ])
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Exeko & Co',
    secret: SECRET,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})

describe('a recovery code', () => {
  const factor: StoredSecondFactor = {
    sealedSecret: '',
    since: '2026-11-27T09:00:00.000Z',
    lastStep: 0,
    recoveryHashes: ['hash of 00000zzzzz', 'hash of 1111122222'],
  }
  const use = (given: string, of = factor) => afterCode(of, SECRET, given, 0, (plain) => `hash of ${plain}`)

  test('is ten of 32 characters, none of which looks like another', () => {
    const code = recoveryCodeOf(Uint8Array.from([0, 31, 32, 63, 10, 18, 19, 20, 21, 255]))
    expect(code).toBe('0z0za-jkmnz')
  })

  test.each(['00000-zzzzz', '00000 ZZZZZ', 'OOOOOzzzzz', '  00000–zzzzz'])('counts as %j too', (given) => {
    expect(plainRecoveryCode(given)).toBe('00000zzzzz')
  })

  test('counts once, and the others go on', () => {
    const used = use('OOOOO-ZZZZZ')
    expect(used).toEqual({
      factor: { ...factor, recoveryHashes: ['hash of 1111122222'] },
      by: 'recovery-code',
    })
    expect(use('00000-zzzzz', used?.factor)).toBeUndefined()
    expect(use('IIIII-22222', used?.factor)?.factor.recoveryHashes).toEqual([])
  })

  test('that was never one changes nothing', () => {
    expect(use('99999-99999')).toBeUndefined()
  })

  test('a code of the application leaves them as they are and moves the step', () => {
    const accepted = afterCode(factor, SECRET, '287082', 59_000, (plain) => plain)
    expect(accepted).toEqual({ factor: { ...factor, lastStep: 1 }, by: 'application' })
  })
})
