/** Whether the house asks a second factor of its staff. */
import {
  accessChanged,
  createApiToken,
  resolveBearer,
  resolveSession,
  signIn,
  type Account,
} from '@guichet/contracts/identity'
import {
  accessRulesChanged,
  getAccessRules,
  getSecondFactor,
  offerSecondFactor,
  putAccessRules,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@guichet/contracts/second-factor'
import { stranger } from '@guichet/service/harness'
import { codeAt } from '@guichet/testing/authenticator'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actorOf, openRegister, PASSWORD, type Register } from './testing/register.ts'
import { newPlace, telephoneOf } from './testing/second-factors.ts'

describe('where the house asks for one', () => {
  let house: Register
  beforeEach(async () => {
    house = await openRegister()
  })
  afterEach(() => house.harness.stop())
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
  })

  test('whoever turns theirs off must set it up again; an admin who asks for it, first of all', async () => {
    const luc = await house.active(null, 'luc@exeko.test', ['admin'])
    const asLuc = house.harness.as(actorOf(luc))
    const { session, code } = await telephoneOf(house, luc)
    await asLuc.ask(putAccessRules, { rules: { staffSecondFactor: true } })
    expect(await due(session)).toBe(false)
    expect(await asLuc.ask(getSecondFactor, {})).toMatchObject({ on: true, compulsory: true })
    await asLuc.ask(turnOffSecondFactor, { password: PASSWORD, code: code(), clientAddress: newPlace() })
    expect(await due(session)).toBe(true)
  })
})
