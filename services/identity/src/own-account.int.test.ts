/** What a person does with their own account, and what nobody does with another's (spec/security.md lines 3, 5, 8). */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addAddress,
  changeAccount,
  findSender,
  getLinkToken,
  listAddresses,
  passwordChanged,
  removeAddress,
  resolveSession,
  signIn,
  type Account,
} from '@guichet/contracts/identity'
import {
  addressClaimed,
  changePassword,
  claimAddress,
  confirmAddress,
  endOtherSessions,
  endSession,
  getAddressClaim,
  listSessions,
} from '@guichet/contracts/own-account'
import type { Failure } from '@guichet/contracts/failure'
import { codeOf, serviceActor, stranger } from '@guichet/service/harness'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actorOf, dumpOf, HERE, openRegister, PASSWORD, type Register } from './testing/register.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const NEW_PASSWORD = 'Croissant-1789!'

let register: Register
let dataDir: string
let companyId: string
let anne: Account
let bruno: Account
let people = 0

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guichet-own-'))
  register = await openRegister({ dataDir })
  companyId = await register.company('Boulangerie Delvaux')
})
afterAll(async () => {
  await register.harness.stop()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  people += 1
  anne = await register.active(companyId, `anne-${people}@delvaux.test`, ['customer'])
  bruno = await register.active(companyId, `bruno-${people}@delvaux.test`, ['customer'])
})

const nobody = () => register.harness.as(stranger)
const as = (account: Account) => register.harness.as(actorOf(account))
const enter = async (account: Account, password = PASSWORD) =>
  (
    await nobody().ask(signIn, {
      login: account.email,
      password,
      // A place of one's own each time: what one gets wrong here slows no other test.
      clientAddress: HERE,
      userAgent: FIREFOX,
    })
  ).session
const holds = (session: string) =>
  nobody()
    .ask(resolveSession, { session })
    .then(
      () => true,
      () => false,
    )

describe('sessions', () => {
  test('are listed with where and when, and without what would open one', async () => {
    register.clock.advance({ minutes: 1 })
    const session = await enter(anne)
    const { items } = await as(anne).ask(listSessions, { session })
    // That of the welcome link, and this one.
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({ userAgent: FIREFOX, clientAddress: HERE, current: true })
    expect(items[1]).toMatchObject({ userAgent: null, current: false })
    expect(await dumpOf(dataDir)).not.toContain(session)
    const told = JSON.stringify(items)
    expect(told).not.toContain(session)
    for (const { id } of items) expect(await holds(id)).toBe(false)
  })

  test('each is ended alone, by its owner alone', async () => {
    const [laptop, phone] = [await enter(anne), await enter(anne)]
    const { items } = await as(anne).ask(listSessions, { session: phone })
    const other = items.find(({ current, userAgent }) => !current && userAgent === FIREFOX)?.id ?? ''
    expect(await codeOf(as(bruno).ask(endSession, { id: other }))).toBe('not-found')
    expect(await holds(laptop)).toBe(true)
    await as(anne).ask(endSession, { id: other })
    expect([await holds(laptop), await holds(phone)]).toEqual([false, true])
    expect(await codeOf(as(anne).ask(endSession, { id: other }))).toBe('not-found')
  })

  test('all others end at once, and the one that asks goes on under a new secret', async () => {
    const [laptop, phone, his] = [await enter(anne), await enter(anne), await enter(bruno)]
    const { session } = await as(anne).ask(endOtherSessions, { clientAddress: HERE })
    expect([await holds(laptop), await holds(phone), await holds(session), await holds(his)]).toEqual([
      false,
      false,
      true,
      true,
    ])
    expect((await as(anne).ask(listSessions, { session })).items).toMatchObject([{ current: true }])
  })

  test('that one was seen is known to the hour', async () => {
    const session = await enter(anne)
    const seen = async () => {
      const { items } = await as(anne).ask(listSessions, { session })
      return items.find(({ current }) => current)?.lastSeenAt ?? ''
    }
    const first = await seen()
    register.clock.advance({ minutes: 59 })
    await holds(session)
    expect(await seen()).toBe(first)
    register.clock.advance({ minutes: 2 })
    await holds(session)
    expect(
      Temporal.Instant.from(await seen())
        .since(first)
        .total('minutes'),
    ).toBe(61)
  })
})

describe('the password', () => {
  const change = (account: Account, current: string, password = NEW_PASSWORD) =>
    as(account).ask(changePassword, { current, password, clientAddress: HERE })

  test('is changed by whoever knows it; every older session ends, a new one begins', async () => {
    const before = await enter(anne)
    const { session } = await change(anne, PASSWORD)
    expect([await holds(before), await holds(session)]).toEqual([false, true])
    await register.harness.eventsOf(passwordChanged, ({ accountId }) => accountId === anne.id)
    expect(await codeOf(enter(anne))).toBe('wrong-credentials')
    expect(await holds(await enter(anne, NEW_PASSWORD))).toBe(true)
  })

  test('stays when the old one is wrong or the new one weak, and the session with it', async () => {
    const session = await enter(anne)
    await expect(change(anne, 'Autre-chose-1')).rejects.toMatchObject({
      code: 'wrong-password',
      fields: [{ path: 'current' }],
    })
    await expect(change(anne, PASSWORD, 'court')).rejects.toMatchObject({ code: 'weak-password' })
    expect(await holds(session)).toBe(true)
    expect(await holds(await enter(anne))).toBe(true)
  })

  test('cannot be guessed from a browser left open', async () => {
    const answers: (string | undefined)[] = []
    for (let guess = 0; guess < 8; guess += 1) answers.push(await codeOf(change(anne, `Essai-${guess}-Faux`)))
    expect(answers.filter((code) => code === 'too-many-attempts').length).toBeGreaterThan(0)
    // The next door is not closed by it.
    expect(await holds(await enter(anne))).toBe(true)
  })
})

describe('an address to write from', () => {
  const claim = async (account: Account, address: string): Promise<string> => {
    await as(account).ask(claimAddress, { address })
    const [event] = await register.harness.eventsOf(
      addressClaimed,
      (data) => data.accountId === account.id && data.address === address,
    )
    const { token } = await register.harness
      .as(serviceActor('notification'))
      .ask(getLinkToken, { linkId: event?.data.linkId ?? '' })
    return token
  }
  const senderOf = async (address: string) =>
    (await register.harness.as(serviceActor('mail-gateway')).ask(findSender, { address })).account?.id
  const confirm = (token: string) => nobody().ask(confirmAddress, { token, clientAddress: HERE })

  test('counts once its link was opened, and not before', async () => {
    const address = `perso-${people}@ailleurs.test`
    const token = await claim(anne, address)
    expect(await senderOf(address)).toBeUndefined()
    expect(await nobody().ask(getAddressClaim, { token, clientAddress: HERE })).toMatchObject({
      address,
      name: anne.name,
    })
    expect(await senderOf(address)).toBeUndefined()
    expect(await confirm(token)).toEqual({ address })
    expect(await senderOf(address)).toBe(anne.id)
    expect(await codeOf(confirm(token))).toBe('token-gone')
    expect(await dumpOf(dataDir)).not.toContain(token)
  })

  test('that is somebody’s is asked for with the same answer, and never taken from them', async () => {
    const token = await claim(anne, bruno.email)
    expect(await codeOf(confirm(token))).toBe('address-taken')
    expect(await senderOf(bruno.email)).toBe(bruno.id)
  })

  test('does not count after two days, nor for a person who was switched off', async () => {
    const [late, gone] = [`tard-${people}@ailleurs.test`, `parti-${people}@ailleurs.test`]
    const [lateToken, goneToken] = [await claim(anne, late), await claim(bruno, gone)]
    await register.harness
      .as(serviceActor('standalone'))
      .ask(changeAccount, { id: bruno.id, changes: { status: 'inactive' } })
    expect(await codeOf(confirm(goneToken))).toBe('token-gone')
    register.clock.advance({ hours: 49 })
    expect(await codeOf(confirm(lateToken))).toBe('token-gone')
  })

  test('is taken off by its owner, who cannot add one without its link, nor touch another’s', async () => {
    const address = `perso-${people}@ailleurs.test`
    expect(await codeOf(as(anne).ask(addAddress, { accountId: anne.id, address }))).toBe('forbidden')
    await confirm(await claim(anne, address))
    expect(await codeOf(as(bruno).ask(removeAddress, { accountId: anne.id, address }))).toBe('not-found')
    expect(await codeOf(as(anne).ask(removeAddress, { accountId: anne.id, address: anne.email }))).toBe(
      'address-is-account',
    )
    await as(anne).ask(removeAddress, { accountId: anne.id, address })
    expect(await as(anne).ask(listAddresses, { accountId: anne.id })).toMatchObject({
      items: [{ address: anne.email }],
    })
  })

  test('nobody’s mailbox is flooded by asking', async () => {
    const victim = `victime-${people}@ailleurs.test`
    const answers: (string | undefined)[] = []
    for (let ask = 0; ask < 8; ask += 1)
      answers.push(await codeOf(as(anne).ask(claimAddress, { address: victim })))
    expect(answers.slice(0, 5)).toEqual(Array(5).fill(undefined))
    expect(answers.slice(5)).toEqual(Array(3).fill('too-many-attempts'))
  })
})

describe('name and mails', () => {
  test('are one’s own to change; the rest is not', async () => {
    const changed = await as(anne).ask(changeAccount, {
      id: anne.id,
      changes: { name: '  Anne Lambert ', mutedMails: ['message-posted'] },
    })
    expect(changed).toMatchObject({ name: 'Anne Lambert', mutedMails: ['message-posted'] })
    expect(await codeOf(as(anne).ask(changeAccount, { id: anne.id, changes: { name: '   ' } }))).toBe(
      'invalid-fields',
    )
    expect(await codeOf(as(anne).ask(changeAccount, { id: anne.id, changes: { roles: ['manager'] } }))).toBe(
      'forbidden',
    )
    expect(await codeOf(as(bruno).ask(changeAccount, { id: anne.id, changes: { mutedMails: [] } }))).toBe(
      'not-found',
    )
  })
})

describe('an absence', () => {
  const CHRISTMAS = { from: '2026-12-21', until: '2027-01-03' }
  let sofie: Account
  let karim: Account
  beforeEach(async () => {
    sofie = await register.active(null, `sofie-${people}@exeko.test`, ['agent'])
    karim = await register.active(null, `karim-${people}@exeko.test`, ['agent'])
  })
  const note = (who: Account, whose: Account, absence: Account['absence']) =>
    as(who).ask(changeAccount, { id: whose.id, changes: { absence } })
  const faultsOf = async (asked: Promise<unknown>) =>
    await asked.then(
      () => [],
      (error: Failure) => error.fields.map(({ path, code }) => `${path}: ${code}`),
    )

  test('is noted with who stands in, and taken back', async () => {
    const absence = { ...CHRISTMAS, deputyId: karim.id }
    expect((await note(sofie, sofie, absence)).absence).toEqual(absence)
    expect((await note(sofie, sofie, null)).absence).toBeNull()
  })

  test('is nobody else’s to note, but for an admin', async () => {
    const absence = { ...CHRISTMAS, deputyId: null }
    expect(await codeOf(note(karim, sofie, absence))).toBe('forbidden')
    expect(await codeOf(note(anne, sofie, absence))).toBe('not-found')
    const admin = await register.active(null, `admin-${people}@exeko.test`, ['admin'])
    expect((await note(admin, sofie, absence)).absence).toEqual(absence)
  })

  test('says for each field what would be right', async () => {
    expect(
      await faultsOf(note(sofie, sofie, { from: '2026-02-30', until: '2026-02-01', deputyId: null })),
    ).toEqual(['absence.from: day-unreal', 'absence.until: absence-backwards'])
    expect(await faultsOf(note(sofie, sofie, { ...CHRISTMAS, deputyId: sofie.id }))).toEqual([
      'absence.deputyId: absence-own-deputy',
    ])
    const finance = await register.active(null, `finance-${people}@exeko.test`, ['finance'])
    for (const deputyId of [anne.id, finance.id, 'nobody'])
      expect(await faultsOf(note(sofie, sofie, { ...CHRISTMAS, deputyId }))).toEqual([
        'absence.deputyId: deputy-not-at-counter',
      ])
    expect(await faultsOf(note(anne, anne, { ...CHRISTMAS, deputyId: null }))).toEqual([
      'absence.from: absence-of-client',
    ])
  })
})
