/** spec/security.md line 3: the second factor of staff. What a code is, domain/second-factor.test.ts holds against the RFC. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  accessChanged,
  createApiToken,
  resetPassword,
  resolveBearer,
  resolveSession,
  signIn,
  type Account,
} from '@guichet/contracts/identity'
import { changePassword, endOtherSessions } from '@guichet/contracts/own-account'
import {
  accessRulesChanged,
  beginSignIn,
  finishSignIn,
  getAccessRules,
  getSecondFactor,
  offerSecondFactor,
  putAccessRules,
  readSecondFactorOffer,
  renewRecoveryCodes,
  resetSecondFactor,
  secondFactorChanged,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@guichet/contracts/second-factor'
import { codeOf, stranger } from '@guichet/service/harness'
import { codeAt } from '@guichet/testing/authenticator'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actorOf, dumpOf, openRegister, PASSWORD, type Register } from './testing/register.ts'
import { differenceOf, timesOf } from './testing/same-time.ts'

const SAMPLES = 200
let register: Register
let dataDir: string
let anne: Account
let people = 0
let places = 0
const newPlace = () => `2001:db8::${(places += 1).toString(16)}`

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guichet-second-factor-'))
  // Two copies: what one accepted the other refuses.
  register = await openRegister({ dataDir, copies: 2, config: { BRAND: 'Exeko' } })
})
afterAll(async () => {
  await register.harness.stop()
  await rm(dataDir, { recursive: true, force: true })
})
const member = (name: string, role: 'agent' | 'admin' | 'operator' = 'agent') =>
  register.active(null, `${name}-${(people += 1)}@exeko.test`, [role])
beforeEach(async () => {
  anne = await member('anne')
})

const outcome = async (work: Promise<unknown>) => (await codeOf(work)) ?? 'answered'
const nobody = () => register.harness.as(stranger)
const as = (account: Account) => register.harness.as(actorOf(account))
const nextStep = () => register.clock.advance({ seconds: 30 })
const holds = (session: string) => outcome(nobody().ask(resolveSession, { session }))

interface Telephone {
  secret: string
  recoveryCodes: string[]
  session: string
  code: (ahead?: number) => string
}

/** Turned on as the page does it; the first code is used up, and so is its step. */
async function withSecondFactor(account: Account): Promise<Telephone> {
  const clientAddress = newPlace()
  const { offer, secret } = await as(account).ask(offerSecondFactor, { password: PASSWORD, clientAddress })
  const code = (ahead = 0) => codeAt(secret, register.clock.now().epochMilliseconds, ahead)
  const input = { offer, code: code(), clientAddress }
  const { recoveryCodes, signedIn } = await as(account).ask(turnOnSecondFactor, input)
  nextStep()
  return { secret, recoveryCodes, session: signedIn.session, code }
}

const enter = (account: Account, code?: string, clientAddress = newPlace(), password = PASSWORD) =>
  nobody().ask(signIn, { login: account.email, password, code, clientAddress })
async function pendingOf(account: Account): Promise<string> {
  const input = { login: account.email, password: PASSWORD, clientAddress: newPlace() }
  const begun = await nobody().ask(beginSignIn, input)
  return 'pending' in begun ? begun.pending : 'no second step'
}
const finish = (pending: string, code: string, clientAddress = newPlace()) =>
  nobody().ask(finishSignIn, { pending, code, clientAddress })

describe('turning it on', () => {
  test('takes the password, a code of the secret that was shown, and gives ten recovery codes', async () => {
    const clientAddress = newPlace()
    const offered = await as(anne).ask(offerSecondFactor, { password: PASSWORD, clientAddress })
    const { offer, secret, uri } = offered
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(new URL(uri).searchParams.get('secret')).toBe(secret)
    expect(new URL(uri).searchParams.get('issuer')).toBe('Exeko')
    expect(await as(anne).ask(readSecondFactorOffer, { offer })).toEqual({ secret, uri })
    expect(await as(anne).ask(getSecondFactor, {})).toMatchObject({ on: false, since: null })

    const code = codeAt(secret, register.clock.now().epochMilliseconds)
    const { recoveryCodes } = await as(anne).ask(turnOnSecondFactor, { offer, code, clientAddress })
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const each of recoveryCodes) expect(each).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
    expect(await as(anne).ask(getSecondFactor, {})).toEqual({
      on: true,
      since: register.clock.now().toString({ smallestUnit: 'millisecond' }),
      recoveryCodesLeft: 10,
      compulsory: false,
    })
    expect(await outcome(enter(anne, code)), 'the first code is used up').toBe('wrong-second-factor')
  })

  test('ends the other sessions; the one that turned it on goes on', async () => {
    const [before, elsewhere] = [await enter(anne), await enter(anne)]
    const { session } = await withSecondFactor(anne)
    expect([await holds(before.session), await holds(elsewhere.session), await holds(session)]).toEqual([
      'unauthenticated',
      'unauthenticated',
      'answered',
    ])
  })

  test('is refused with a wrong password, a wrong code, another’s or an old offer, and twice', async () => {
    const clientAddress = newPlace()
    const offerFor = (account: Account, password = PASSWORD) =>
      as(account).ask(offerSecondFactor, { password, clientAddress })
    expect(await outcome(offerFor(anne, 'Wrong-password-1!'))).toBe('wrong-password')
    const { offer, secret } = await offerFor(anne)
    const turnOn = (account: Account, given: string, code: string) =>
      outcome(as(account).ask(turnOnSecondFactor, { offer: given, code, clientAddress }))
    const bea = await member('bea')
    const right = codeAt(secret, register.clock.now().epochMilliseconds)
    expect(await turnOn(bea, offer, right)).toBe('offer-over')
    expect(await outcome(as(bea).ask(readSecondFactorOffer, { offer }))).toBe('offer-over')
    expect(await turnOn(anne, altered(offer), right)).toBe('offer-over')
    expect(await turnOn(anne, offer, codeAt(secret, register.clock.now().epochMilliseconds, 3))).toBe(
      'wrong-code',
    )
    expect(await turnOn(anne, await pendingOf(await turnedOn('cas')), right)).toBe('offer-over')
    register.clock.advance({ minutes: 15 })
    expect(await turnOn(anne, offer, codeAt(secret, register.clock.now().epochMilliseconds))).toBe(
      'offer-over',
    )
    await withSecondFactor(anne)
    expect(await outcome(offerFor(anne))).toBe('second-factor-on')
  })

  test('is for staff, operators too, and for nobody of a client, nor a program', async () => {
    const clientAddress = newPlace()
    const offerTo = (account: Account) =>
      outcome(as(account).ask(offerSecondFactor, { password: PASSWORD, clientAddress }))
    expect(await offerTo(await member('odile', 'operator'))).toBe('answered')
    const companyId = await register.company('Boulangerie Delvaux')
    expect(await offerTo(await register.active(companyId, 'paul@delvaux.test', ['customer']))).toBe(
      'forbidden',
    )
    const admin = await member('luc', 'admin')
    const { token } = await as(admin).ask(createApiToken, { name: 'caisse', roles: ['agent'] })
    const { actor } = await nobody().ask(resolveBearer, { bearer: token })
    const program = register.harness.as(actor)
    expect(await outcome(program.ask(offerSecondFactor, { password: '', clientAddress }))).toBe(
      'unauthenticated',
    )
  })

  test('leaves neither secret nor recovery code readable on the disk, in events or in the log', async () => {
    const { secret, recoveryCodes, code } = await withSecondFactor(anne)
    await enter(anne, code())
    const [used = '', ...others] = recoveryCodes
    await enter(anne, used)
    const said = [await dumpOf(dataDir), register.harness.logLines.join('\n')].join('\n')
    for (const word of [secret, used, used.replace('-', ''), ...others]) expect(said).not.toContain(word)
  })
})

/** One altered character in the middle of its last part. */
const altered = (sealed: string) => {
  const at = sealed.length - 10
  return sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
}
async function turnedOn(name: string): Promise<Account> {
  const account = await member(name)
  await withSecondFactor(account)
  return account
}

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
    const clientAddress = newPlace()
    const own = alone.harness.as(actorOf(bea))
    const offered = await own.ask(offerSecondFactor, { password: PASSWORD, clientAddress })
    const code = codeAt(offered.secret, alone.clock.now().epochMilliseconds)
    await own.ask(turnOnSecondFactor, { offer: offered.offer, code, clientAddress })
    alone.clock.advance({ seconds: 30 })
    secret = offered.secret
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

describe('turning it off, new recovery codes', () => {
  test('take the password and a code, and each is said of by an event', async () => {
    const { recoveryCodes, code } = await withSecondFactor(anne)
    const clientAddress = newPlace()
    const proof = (given: string, password = PASSWORD) => ({ password, code: given, clientAddress })
    const own = as(anne)
    expect(await outcome(own.ask(renewRecoveryCodes, proof(code(), 'Wrong-password-1!')))).toBe(
      'wrong-password',
    )
    expect(await outcome(own.ask(renewRecoveryCodes, proof('99999-99999')))).toBe('wrong-code')
    const renewed = (await own.ask(renewRecoveryCodes, proof(code()))).recoveryCodes
    expect(await outcome(enter(anne, recoveryCodes[0])), 'an old one').toBe('wrong-second-factor')
    expect((await enter(anne, renewed[0])).recoveryCodesLeft).toBe(9)

    expect(await outcome(own.ask(turnOffSecondFactor, proof(code())))).toBe('wrong-code')
    nextStep()
    expect(await outcome(own.ask(turnOffSecondFactor, proof(code(), 'Wrong-password-1!')))).toBe(
      'wrong-password',
    )
    await own.ask(turnOffSecondFactor, proof(code()))
    expect(await outcome(enter(anne))).toBe('answered')
    expect(await outcome(own.ask(turnOffSecondFactor, proof(code())))).toBe('second-factor-off')
    const events = await register.harness.eventsOf(
      secondFactorChanged,
      ({ accountId }) => accountId === anne.id,
      4,
    )
    expect(events.map(({ data }) => data.change)).toEqual([
      'on',
      'recovery-codes-renewed',
      'recovery-code-used',
      'off',
    ])
  })
})

describe('by an admin', () => {
  test('a colleague’s is seen and reset: their sessions end, the password alone lets in; one’s own is not', async () => {
    const luc = await member('luc', 'admin')
    const { session } = await withSecondFactor(anne)
    const accountId = anne.id
    expect(await as(luc).ask(getSecondFactor, { accountId })).toMatchObject({ on: true })
    await as(luc).ask(resetSecondFactor, { accountId })
    expect(await holds(session)).toBe('unauthenticated')
    expect(await outcome(enter(anne))).toBe('answered')
    expect(await outcome(as(luc).ask(resetSecondFactor, { accountId }))).toBe('second-factor-off')
    expect(await outcome(as(luc).ask(resetSecondFactor, { accountId: 'nobody' }))).toBe('not-found')
    await withSecondFactor(luc)
    expect(await outcome(as(luc).ask(resetSecondFactor, { accountId: luc.id }))).toBe('own-second-factor')
    const events = await register.harness.eventsOf(
      secondFactorChanged,
      (data) => data.accountId === anne.id,
      2,
    )
    expect(events.at(-1)).toMatchObject({ data: { change: 'reset' }, actor: { accountId: luc.id } })
  })

  test('an agent neither sees nor resets a colleague’s', async () => {
    const bea = await turnedOn('bea')
    expect(await outcome(as(anne).ask(getSecondFactor, { accountId: bea.id }))).toBe('forbidden')
    expect(await outcome(as(anne).ask(resetSecondFactor, { accountId: bea.id }))).toBe('forbidden')
  })
})

describe('at a start', () => {
  test('whoever runs the house takes away that of its only admin, who has lost all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guichet-reset-'))
    const before = await openRegister({ dataDir: folder })
    const luc = await before.active(null, 'luc@exeko.test', ['admin'])
    const own = before.harness.as(actorOf(luc))
    const clientAddress = newPlace()
    const { offer, secret } = await own.ask(offerSecondFactor, { password: PASSWORD, clientAddress })
    const code = codeAt(secret, before.clock.now().epochMilliseconds)
    await own.ask(turnOnSecondFactor, { offer, code, clientAddress })
    await before.harness.stop()

    const config = { RESET_SECOND_FACTOR_OF: 'Luc@Exeko.test' }
    const after = await openRegister({ dataDir: folder, config, copies: 2 })
    const input = { login: luc.email, password: PASSWORD, clientAddress }
    expect((await after.harness.as(stranger).ask(signIn, input)).account.id).toBe(luc.id)
    const events = await after.harness.eventsOf(secondFactorChanged, ({ change }) => change === 'reset')
    expect(events).toMatchObject([{ actor: { kind: 'service', service: 'identity' } }])
    await after.harness.stop()
    // Left set, it keeps no house from starting, and takes nothing else away.
    const again = await openRegister({ dataDir: folder, config })
    expect((await again.harness.as(stranger).ask(signIn, input)).account.id).toBe(luc.id)
    await again.harness.stop()
    await rm(folder, { recursive: true, force: true })
  })
})

describe('where the house asks for one', () => {
  let house: Register
  beforeEach(async () => {
    house = await openRegister()
  })
  const due = async (session: string) =>
    (await house.harness.as(stranger).ask(resolveSession, { session })).secondFactorDue ?? false

  test('it is off by default; on, staff without one are told at their next call, and no client nor program is', async () => {
    const companyId = await house.company('Boulangerie Delvaux')
    const luc = await house.active(null, 'luc@exeko.test', ['admin'])
    const paul = await house.active(companyId, 'paul@delvaux.test', ['customer'])
    const asLuc = house.harness.as(actorOf(luc))
    expect(await asLuc.ask(getAccessRules, {})).toEqual({ staffSecondFactor: false })
    const open = async ({ email: login }: Account) => {
      const input = { login, password: PASSWORD, clientAddress: newPlace() }
      return (await house.harness.as(stranger).ask(signIn, input)).session
    }
    const [own, clients] = [await open(luc), await open(paul)]
    expect(await due(own)).toBe(false)
    const told: string[] = []
    const watch = await house.harness.bus.live.watch(
      accessChanged,
      ({ accountId }) => void told.push(accountId),
    )

    await asLuc.ask(putAccessRules, { rules: { staffSecondFactor: true } })
    await house.harness.until('the word', () => told.includes(luc.id))
    expect(told).toEqual([luc.id])
    await watch.stop()
    expect([await due(own), await due(clients)]).toEqual([true, false])
    const { token } = await asLuc.ask(createApiToken, { name: 'caisse', roles: ['agent'] })
    const bearer = await house.harness.as(stranger).ask(resolveBearer, { bearer: token })
    expect(bearer).not.toHaveProperty('secondFactorDue')

    const clientAddress = newPlace()
    const { offer, secret } = await asLuc.ask(offerSecondFactor, { password: PASSWORD, clientAddress })
    const input = { offer, code: codeAt(secret, house.clock.now().epochMilliseconds), clientAddress }
    const { signedIn } = await asLuc.ask(turnOnSecondFactor, input)
    expect(await due(signedIn.session)).toBe(false)
    const events = await house.harness.eventsOf(accessRulesChanged, () => true, 1)
    expect(events.map(({ data }) => data)).toEqual([
      { changes: [{ field: 'staffSecondFactor', from: 'false', to: 'true' }] },
    ])
    await house.harness.stop()
  })
})
