/** spec/security.md lines 2 and 3: what whoever tries to come in can learn, and how often they may try. */
import {
  activate,
  changeAccount,
  requestPasswordReset,
  signIn,
  type Account,
} from '@guichet/contracts/identity'
import type { Failure } from '@guichet/contracts/failure'
import { serviceActor, stranger } from '@guichet/service/harness'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRegister, PASSWORD, type Register } from './testing/register.ts'
import { differenceOf, timesOf } from './testing/same-time.ts'

const SAMPLES = 200
let register: Register
let companyId: string
let places = 0
/** Nobody has been there before: what is counted elsewhere does not meet it. */
const newPlace = () => `2001:db8::${(places += 1).toString(16)}`

beforeAll(async () => {
  register = await openRegister()
  companyId = await register.company('Boulangerie Delvaux')
})
afterAll(() => register.harness.stop())

const enter = (login: string, password: string, clientAddress = newPlace()) =>
  register.harness.as(stranger).ask(signIn, { login, password, clientAddress })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => ({ code: 'let in', params: {} }),
    ({ code, params, fields, retryable }: Failure) => ({ code, params, fields, retryable }),
  )

describe('line 2: the same answer and the same time', () => {
  /** As many as are asked about, so that the throttle of one account never speaks. */
  const crowd: Record<'wrong' | 'inactive', string[]> = { wrong: [], inactive: [] }
  beforeAll(async () => {
    const people = SAMPLES / 10
    for (let count = 0; count < people; count++) {
      const wrong = await register.active(companyId, `wrong-${count}@delvaux.test`, ['customer'])
      crowd.wrong.push(wrong.email)
      const { id, email } = await register.active(companyId, `inactive-${count}@delvaux.test`, ['customer'])
      await register.harness
        .as(serviceActor('standalone'))
        .ask(changeAccount, { id, changes: { status: 'inactive' } })
      crowd.inactive.push(email)
    }
  })

  test('for an unknown address, a wrong password and an inactive account', async () => {
    const nth = (people: readonly string[], sample: number) => people[sample % people.length] ?? ''
    const kinds = {
      unknown: (sample: number) => refusal(enter(`unknown-${sample}@delvaux.test`, PASSWORD)),
      wrong: (sample: number) => refusal(enter(nth(crowd.wrong, sample), 'Wrong-password-1!')),
      inactive: (sample: number) => refusal(enter(nth(crowd.inactive, sample), PASSWORD)),
    }
    const said = await Promise.all(Object.values(kinds).map((kind) => kind(0)))
    expect(said).toEqual(
      Array.from({ length: 3 }, () => ({
        code: 'wrong-credentials',
        params: {},
        fields: [],
        retryable: false,
      })),
    )
    const times = await timesOf(SAMPLES, kinds)
    expect(Math.abs(differenceOf(times.unknown, times.wrong))).toBeLessThan(4)
    expect(Math.abs(differenceOf(times.unknown, times.inactive))).toBeLessThan(4)
    expect(Math.abs(differenceOf(times.wrong, times.inactive))).toBeLessThan(4)
  }, 120_000)

  test('for a reset of a known, an unknown and an inactive address', async () => {
    const ask = (email: string) =>
      register.harness.as(stranger).ask(requestPasswordReset, { email, clientAddress: newPlace() })
    const nth = (people: readonly string[], sample: number) => people[sample % people.length] ?? ''
    const kinds = {
      unknown: (sample: number) => ask(`unknown-${sample % crowd.wrong.length}@delvaux.test`),
      known: (sample: number) => ask(nth(crowd.wrong, sample)),
      inactive: (sample: number) => ask(nth(crowd.inactive, sample)),
    }
    expect(await Promise.all(Object.values(kinds).map((kind) => kind(0)))).toEqual([{}, {}, {}])
    const times = await timesOf(SAMPLES, kinds)
    expect(Math.abs(differenceOf(times.unknown, times.known))).toBeLessThan(4)
    expect(Math.abs(differenceOf(times.unknown, times.inactive))).toBeLessThan(4)
  })

  test('for a link that never was, one that was used, one that is over', async () => {
    const use = (token: string) =>
      refusal(
        register.harness.as(stranger).ask(activate, { token, password: PASSWORD, clientAddress: newPlace() }),
      )
    const early = await register.invited(companyId, 'early@delvaux.test', ['customer'])
    const used = await register.welcomeToken(early.id)
    expect(await use(used)).toMatchObject({ code: 'let in' })
    const { id } = await register.invited(companyId, 'late@delvaux.test', ['customer'])
    const over = await register.welcomeToken(id)
    register.clock.advance({ hours: 15 * 24 })
    const kinds = { never: () => use('x'.repeat(43)), used: () => use(used), over: () => use(over) }
    const said = await Promise.all(Object.values(kinds).map((kind) => kind()))
    expect(said).toEqual(
      Array.from({ length: 3 }, () => ({ code: 'token-gone', params: {}, fields: [], retryable: false })),
    )
    const times = await timesOf(SAMPLES, kinds)
    expect(Math.abs(differenceOf(times.used, times.over))).toBeLessThan(4)
  })
})

describe('line 3: a hundred wrong sign-ins', () => {
  let anne: Account
  let people = 0
  beforeEach(async () => {
    anne = await register.active(companyId, `anne-${(people += 1)}@delvaux.test`, ['customer'])
  })
  const guess = (clientAddress: string) => refusal(enter(anne.email, 'Wrong-password-1!', clientAddress))
  const counts = (codes: { code: string }[]) =>
    Object.entries(Object.groupBy(codes, ({ code }) => code)).map(([code, all]) => [code, all?.length])

  test('from one place are throttled; the real user comes in from another, and here after seconds', async () => {
    const [guesser, home] = [newPlace(), newPlace()]
    const said = await Promise.all(Array.from({ length: 100 }, () => guess(guesser)))
    expect(counts(said)).toEqual([
      ['wrong-credentials', 5],
      ['too-many-attempts', 95],
    ])
    expect(said.at(-1)?.params).toEqual({ retryAfterSeconds: 2 })
    expect((await enter(anne.email, PASSWORD, home)).account.id).toBe(anne.id)
    register.clock.advance({ seconds: 2 })
    expect((await enter(anne.email, PASSWORD, guesser)).account.id).toBe(anne.id)
  })

  test('from a hundred places are throttled; the real user comes in where they have been before', async () => {
    const home = newPlace()
    await enter(anne.email, PASSWORD, home)
    const said: { code: string }[] = []
    for (let count = 0; count < 100; count++) said.push(await guess(newPlace()))
    expect(counts(said)).toEqual([
      ['wrong-credentials', 50],
      ['too-many-attempts', 50],
    ])
    expect((await enter(anne.email, PASSWORD, home)).account.id).toBe(anne.id)
    // And anywhere else half a minute later, at the latest.
    register.clock.advance({ seconds: 30 })
    expect((await enter(anne.email, PASSWORD)).account.id).toBe(anne.id)
  })

  test('at a hundred accounts from one place are throttled, and colleagues there who have been in are not', async () => {
    const office = newPlace()
    await enter(anne.email, PASSWORD, office)
    const said: { code: string }[] = []
    for (let count = 0; count < 100; count++) {
      said.push(await refusal(enter(`spray-${count}@delvaux.test`, PASSWORD, office)))
    }
    expect(counts(said)).toEqual([
      ['wrong-credentials', 30],
      ['too-many-attempts', 70],
    ])
    expect((await enter(anne.email, PASSWORD, office)).account.id).toBe(anne.id)
  })

  test('an unknown address is slowed like a known one', async () => {
    const place = newPlace()
    const codes: { code: string }[] = []
    for (let count = 0; count < 6; count++)
      codes.push(await refusal(enter('nobody@delvaux.test', 'x', place)))
    expect(codes.at(-1)?.code).toBe('too-many-attempts')
  })
})
