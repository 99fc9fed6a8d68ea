/** spec/security.md lines 2 and 3: signing in with a second factor. */
import { resetPassword, signIn, type Account } from '@guichet/contracts/identity'
import { changePassword, endOtherSessions } from '@guichet/contracts/own-account'
import { offerSecondFactor, secondFactorChanged } from '@guichet/contracts/second-factor'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { PASSWORD } from './testing/register.ts'
import { differenceOf, timesOf } from './testing/same-time.ts'
import { altered, newPlace, openHouse, outcome } from './testing/second-factors.ts'

const SAMPLES = 200
const house = await openHouse()
const {
  register,
  member,
  nobody,
  as,
  nextStep,
  holds,
  withSecondFactor,
  turnedOn,
  enter,
  pendingOf,
  finish,
} = house
afterAll(() => house.close())

let anne: Account
beforeEach(async () => {
  anne = await house.member('anne')
})

describe('signing in', () => {
  test('with the password alone gives no session, and says so only to whoever has the password', async () => {
    const { code } = await withSecondFactor(anne)
    expect(await outcome(enter(anne))).toBe('second-factor-required')
    const plain = await member('ben')
    const answers = [
      enter(anne, code(), newPlace(), 'Wrong-password-1!'),
      enter(anne, undefined, newPlace(), 'Wrong-password-1!'),
      enter(plain, '123456', newPlace(), 'Wrong-password-1!'),
      nobody().ask(signIn, {
        login: 'x@exeko.test',
        password: PASSWORD,
        code: '1',
        clientAddress: newPlace(),
      }),
    ]
    const said = await Promise.all(
      answers.map((answer) =>
        answer.catch(
          ({ code: kind, params, fields }: { code: string; params: object; fields: object[] }) => ({
            kind,
            params,
            fields,
          }),
        ),
      ),
    )
    expect(said).toEqual(
      Array.from({ length: 4 }, () => ({ kind: 'wrong-credentials', params: {}, fields: [] })),
    )
    expect((await enter(anne, code())).account.id).toBe(anne.id)
  })

  test('with a wrong password takes as long, with a second factor and without, whatever code is sent', async () => {
    const guarded: string[] = []
    const plain: string[] = []
    for (let count = 0; count < SAMPLES / 10; count++) {
      guarded.push((await turnedOn('guarded')).email)
      plain.push((await member('plain')).email)
    }
    const refused = (people: readonly string[], code?: string) => (sample: number) => {
      const login = people[sample % people.length] ?? ''
      const input = { login, password: 'Wrong-password-1!', code, clientAddress: newPlace() }
      return outcome(nobody().ask(signIn, input))
    }
    const times = await timesOf(SAMPLES, {
      guarded: refused(guarded),
      plain: refused(plain),
      guardedWithCode: refused(guarded, '123456'),
    })
    expect(Math.abs(differenceOf(times.guarded, times.plain))).toBeLessThan(4)
    expect(Math.abs(differenceOf(times.guarded, times.guardedWithCode))).toBeLessThan(4)
  }, 120_000)

  test('a code that nobody asks for does no harm', async () => {
    expect((await enter(anne, '123456')).account.id).toBe(anne.id)
  })

  test('a replayed code is refused, on every copy and at once; the next step is accepted', async () => {
    const { code } = await withSecondFactor(anne)
    const same = code()
    const answers = await Promise.all(Array.from({ length: 5 }, () => outcome(enter(anne, same))))
    expect(answers.toSorted()).toEqual([
      'answered',
      ...Array.from({ length: 4 }, () => 'wrong-second-factor'),
    ])
    expect(await outcome(enter(anne, same))).toBe('wrong-second-factor')
    nextStep()
    expect(await outcome(enter(anne, same)), 'still within the window').toBe('wrong-second-factor')
    expect(await outcome(enter(anne, code()))).toBe('answered')
  })

  test('a telephone that is half a minute early is accepted, and what lies behind it no more', async () => {
    const { code } = await withSecondFactor(anne)
    expect(await outcome(enter(anne, code(1)))).toBe('answered')
    expect(await outcome(enter(anne, code(0)))).toBe('wrong-second-factor')
    expect(await outcome(enter(anne, code(2)))).toBe('wrong-second-factor')
  })

  test('a recovery code lets in once and says how many are left; its person is told', async () => {
    const { recoveryCodes } = await withSecondFactor(anne)
    const [first = '', second = ''] = recoveryCodes
    expect((await enter(anne, first.toUpperCase().replace('-', ' '))).recoveryCodesLeft).toBe(9)
    expect(await outcome(enter(anne, first))).toBe('wrong-second-factor')
    expect((await enter(anne, second)).recoveryCodesLeft).toBe(8)
    const events = await register.harness.eventsOf(
      secondFactorChanged,
      ({ accountId }) => accountId === anne.id,
      3,
    )
    expect(events.map(({ data }) => [data.change, data.recoveryCodesLeft])).toEqual([
      ['on', 10],
      ['recovery-code-used', 9],
      ['recovery-code-used', 8],
    ])
  })

  test('one’s recovery code is nothing to a colleague', async () => {
    const { recoveryCodes } = await withSecondFactor(anne)
    const bea = await turnedOn('bea')
    expect(await outcome(enter(bea, recoveryCodes[0]))).toBe('wrong-second-factor')
  })

  test('a reset of the password does not stand for it, and the new password holds', async () => {
    const { code } = await withSecondFactor(anne)
    const reset = {
      token: await register.resetToken(anne),
      password: 'Nouvelle-Porte-7',
      clientAddress: newPlace(),
    }
    expect(await outcome(nobody().ask(resetPassword, reset))).toBe('second-factor-required')
    expect(await outcome(enter(anne, code()))).toBe('wrong-credentials')
    expect(await outcome(enter(anne, undefined, newPlace(), reset.password))).toBe('second-factor-required')
    expect(await outcome(enter(anne, code(), newPlace(), reset.password))).toBe('answered')
  })

  test('whoever is in goes on when they change their password or end their other sessions', async () => {
    await withSecondFactor(anne)
    const clientAddress = newPlace()
    const ended = await as(anne).ask(endOtherSessions, { clientAddress })
    expect(await holds(ended.session)).toBe('answered')
    const input = { current: PASSWORD, password: 'Nouvelle-Porte-7', clientAddress }
    expect(await holds((await as(anne).ask(changePassword, input)).session)).toBe('answered')
  })
})

describe('the second step of a browser', () => {
  test('comes where there is one, asks no password again, and lets in', async () => {
    const { code } = await withSecondFactor(anne)
    const pending = await pendingOf(anne)
    expect(await holds(pending), 'it is no session').toBe('unauthenticated')
    expect((await finish(pending, code())).account.id).toBe(anne.id)
    const plain = await member('ben')
    expect(await pendingOf(plain)).toBe('no second step')
  })

  test('an altered word, another account’s, one for another purpose and one that is late open nothing', async () => {
    const { code } = await withSecondFactor(anne)
    const pending = await pendingOf(anne)
    expect(await outcome(finish(altered(pending), code()))).toBe('sign-in-over')
    expect(await outcome(finish('', code()))).toBe('sign-in-over')
    const { offer } = await as(await member('ben')).ask(offerSecondFactor, {
      password: PASSWORD,
      clientAddress: newPlace(),
    })
    expect(await outcome(finish(offer, code()))).toBe('sign-in-over')
    const bea = await turnedOn('bea')
    expect(await outcome(finish(await pendingOf(bea), code()))).toBe('wrong-second-factor')
    register.clock.advance({ minutes: 10 })
    expect(await outcome(finish(pending, code()))).toBe('sign-in-over')
  })

  test('a password that has changed meanwhile ends it', async () => {
    const { code } = await withSecondFactor(anne)
    const pending = await pendingOf(anne)
    const input = { current: PASSWORD, password: 'Nouvelle-Porte-7', clientAddress: newPlace() }
    await as(anne).ask(changePassword, input)
    expect(await outcome(finish(pending, code()))).toBe('sign-in-over')
  })
})
