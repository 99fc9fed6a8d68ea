import { describe, expect, test } from 'vitest'
import { passwordFaults } from './password.ts'

const codes = (password: string) => passwordFaults(password).map(({ code }) => code)

describe('the guide’s rules, each told by its own name', () => {
  test.each([
    [
      '',
      [
        'password-too-short',
        'password-no-lower-case',
        'password-no-upper-case',
        'password-no-digit',
        'password-no-special',
      ],
    ],
    ['Ab1!xyz', ['password-too-short']],
    ['GUICHET-DESK-42', ['password-no-lower-case']],
    ['guichet-desk-42', ['password-no-upper-case']],
    ['Guichet-Desk-xx', ['password-no-digit']],
    ['GuichetDesk42', ['password-no-special']],
  ])('%j', (password, expected) => {
    expect(codes(password)).toEqual(expected)
  })
})

test.each([
  'Password1!',
  'PASSWORD1!a'.slice(0, 10),
  'P@ssw0rd1!',
  'Qwerty123!',
  'Welcome1!',
  'Iloveyou1!',
  'Motdepasse1!',
  'Welkom2026!',
  'Zomer123!',
])('%s is among the most used, dressed up', (password) => {
  expect(codes(password)).toContain('password-common')
})

test.each(['Guichet-Desk-42', 'Été-à-la-mer-2026', `${'long enough '.repeat(8)}A1!`, 'Zélée7_brouette'])(
  '%j is fine',
  (password) => {
    expect(codes(password)).toEqual([])
  },
)

test('a password that would keep the house busy is refused', () => {
  expect(codes(`Aa1!${'x'.repeat(300)}`)).toEqual(['password-too-long'])
})
