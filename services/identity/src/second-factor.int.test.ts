/** A person's own second factor: turned on, kept, turned off, taken away. What a code is, domain/second-factor.test.ts holds against the RFC. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApiToken, resolveBearer, signIn, type Account } from '@guichet/contracts/identity'
import {
  getSecondFactor,
  offerSecondFactor,
  readSecondFactorOffer,
  renewRecoveryCodes,
  resetSecondFactor,
  secondFactorChanged,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@guichet/contracts/second-factor'
import { stranger } from '@guichet/service/harness'
import { codeAt } from '@guichet/testing/authenticator'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { actorOf, dumpOf, openRegister, PASSWORD } from './testing/register.ts'
import { altered, newPlace, openHouse, outcome } from './testing/second-factors.ts'

const house = await openHouse()
const {
  register,
  dataDir,
  member,
  nobody,
  as,
  nextStep,
  holds,
  withSecondFactor,
  turnedOn,
  enter,
  pendingOf,
} = house
afterAll(() => house.close())

let anne: Account
beforeEach(async () => {
  anne = await house.member('anne')
})

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
