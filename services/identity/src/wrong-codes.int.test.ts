/** spec/security.md line 3: a hundred wrong codes of whoever has the password. */
import { signIn, type Account } from '@guichet/contracts/identity'
import { secondFactorChanged } from '@guichet/contracts/second-factor'
import { stranger } from '@guichet/service/harness'
import { codeAt } from '@guichet/testing/authenticator'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRegister, PASSWORD, type Register } from './testing/register.ts'
import { newPlace, outcome, telephoneOf } from './testing/second-factors.ts'

let people = 0

describe('wrong codes', () => {
  /** One copy: each counts for itself (domain/throttle.ts). */
  let alone: Register
  let bea: Account
  let secret: string
  beforeAll(async () => {
    alone = await openRegister()
  })
  afterAll(() => alone.harness.stop())
  beforeEach(async () => {
    bea = await alone.active(null, `bea-${(people += 1)}@exeko.test`, ['agent'])
    secret = (await telephoneOf(alone, bea)).secret
  })
  const attempt = (code: string, clientAddress: string) =>
    outcome(
      alone.harness.as(stranger).ask(signIn, { login: bea.email, password: PASSWORD, code, clientAddress }),
    )
  const right = () => codeAt(secret, alone.clock.now().epochMilliseconds)
  const counted = (codes: string[]) =>
    Object.fromEntries(
      Object.entries(Object.groupBy(codes, (code) => code)).map(([code, all]) => [code, all?.length]),
    )

  test('a hundred from one place: five are looked at; the right one comes in from elsewhere, and here in a while', async () => {
    const guesser = newPlace()
    const said: string[] = []
    for (let count = 0; count < 100; count++) said.push(await attempt('99999-99999', guesser))
    expect(counted(said)).toEqual({ 'wrong-second-factor': 5, 'too-many-attempts': 95 })
    expect(await attempt(right(), newPlace())).toBe('answered')
    alone.clock.advance({ seconds: 30 })
    expect(await attempt(right(), guesser)).toBe('answered')
  })

  test('a hundred from a hundred places: ten are looked at; who has been in before comes in, and anyone a quarter later', async () => {
    const home = newPlace()
    expect(await attempt(right(), home)).toBe('answered')
    const said = await Promise.all(Array.from({ length: 100 }, () => attempt('99999-99999', newPlace())))
    expect(counted(said)).toEqual({ 'wrong-second-factor': 10, 'too-many-attempts': 90 })
    const told = await alone.harness.eventsOf(secondFactorChanged, (data) => data.accountId === bea.id, 2)
    expect(
      told.map(({ data }) => data.change),
      'its person is told, once',
    ).toEqual(['on', 'codes-refused'])
    alone.clock.advance({ seconds: 1 })
    expect(await attempt(right(), newPlace()), 'not even the right one, yet').toBe('too-many-attempts')
    alone.clock.advance({ seconds: 29 })
    expect(await attempt(right(), home)).toBe('answered')
    alone.clock.advance({ minutes: 15 })
    expect(await attempt(right(), newPlace())).toBe('answered')
  })
})
