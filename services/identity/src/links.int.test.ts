/** spec/security.md line 4: the links of the welcome mail and of a reset. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  accountInvited,
  activate,
  changeAccount,
  getActivation,
  getLinkToken,
  resendInvitation,
  resetPassword,
  signIn,
} from '@guichet/contracts/identity'
import { serviceActor, stranger } from '@guichet/service/harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorOf, dumpOf, HERE, openRegister, PASSWORD, type Register } from './testing/register.ts'

const NEW_PASSWORD = 'Nouvelle-Porte-7'

describe('line 4: links', () => {
  let register: Register
  let dataDir: string
  let companyId: string
  let people = 0
  const someone = () => `person-${(people += 1)}@delvaux.test`

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'guichet-links-'))
    register = await openRegister({ dataDir, copies: 2 })
    companyId = await register.company('Boulangerie Delvaux')
  })
  afterAll(async () => {
    await register.harness.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const nobody = () => register.harness.as(stranger)
  const house = () => register.harness.as(serviceActor('standalone'))
  const use = (token: string, password = PASSWORD) =>
    nobody().ask(activate, { token, password, clientAddress: HERE })
  const reset = (token: string, password = NEW_PASSWORD) =>
    nobody().ask(resetPassword, { token, password, clientAddress: HERE })
  const gone = { code: 'token-gone' }

  test('are 256 bits, none like another, and not what the events and the disk hold', async () => {
    const tokens: string[] = []
    for (let count = 0; count < 20; count++) {
      const { id } = await register.invited(companyId, someone(), ['customer'])
      tokens.push(await register.welcomeToken(id))
    }
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    // Of 20 × 256 random bits about half are ones; and no two tokens agree by more than chance in any byte.
    const bits = tokens.flatMap((token) => [...Buffer.from(token, 'base64url')])
    const ones = bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
    expect(Math.abs(ones / (bits.length * 8) - 0.5)).toBeLessThan(0.04)
    expect(new Set(tokens.map((token) => token.slice(0, 8))).size).toBe(20)

    const told = JSON.stringify(register.harness.events)
    const dump = await dumpOf(dataDir)
    const logged = register.harness.logLines.join('\n')
    for (const token of tokens) {
      expect(told).not.toContain(token)
      expect(dump).not.toContain(token)
      expect(logged).not.toContain(token)
    }
  })

  test('of one house open nothing in another, though its events were the same', async () => {
    const other = await openRegister()
    try {
      const { id } = await register.invited(companyId, someone(), ['customer'])
      const [invited] = await register.harness.eventsOf(accountInvited, (data) => data.accountId === id)
      const strange = other.harness.as(serviceActor('notification'))
      await expect(strange.ask(getLinkToken, { linkId: invited?.data.linkId ?? '' })).rejects.toMatchObject(
        gone,
      )
      const token = await register.welcomeToken(id)
      const there = { token, password: PASSWORD, clientAddress: HERE }
      await expect(other.harness.as(stranger).ask(activate, there)).rejects.toMatchObject(gone)
    } finally {
      await other.harness.stop()
    }
  })

  test('let in once', async () => {
    const { id } = await register.invited(companyId, someone(), ['customer'])
    const token = await register.welcomeToken(id)
    expect((await use(token)).account).toMatchObject({ id, status: 'active' })
    await expect(use(token)).rejects.toMatchObject(gone)
    await expect(nobody().ask(getActivation, { token, purpose: 'activation' })).rejects.toMatchObject(gone)
  })

  test('let one of two in who come at once, to two copies of the service', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, email } = await register.invited(companyId, someone(), ['customer'])
      const token = await register.welcomeToken(id)
      const passwords = Array.from({ length: 4 }, (_, index) => `${PASSWORD}${index}`)
      const tries = await Promise.allSettled(passwords.map((password) => use(token, password)))
      const winners = passwords.filter((_, index) => tries[index]?.status === 'fulfilled')
      expect(winners).toHaveLength(1)
      for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject(gone)
      const login = { login: email, password: winners[0] ?? '', clientAddress: HERE }
      expect((await nobody().ask(signIn, login)).account.id).toBe(id)
    }
  })

  test('end: a welcome after fourteen days, a reset after an hour', async () => {
    const { id } = await register.invited(companyId, someone(), ['customer'])
    const anne = await register.active(companyId, someone(), ['customer'])
    const [welcome, forgotten] = [await register.welcomeToken(id), await register.resetToken(anne)]
    register.clock.advance({ minutes: 61 })
    await expect(reset(forgotten)).rejects.toMatchObject(gone)
    register.clock.advance({ hours: 14 * 24 - 2 })
    expect(await nobody().ask(getActivation, { token: welcome, purpose: 'activation' })).toMatchObject({
      language: 'fr',
    })
    register.clock.advance({ hours: 1 })
    await expect(use(welcome)).rejects.toMatchObject(gone)
  })

  test('a welcome that is sent again takes the place of the one before', async () => {
    const { id } = await register.invited(companyId, someone(), ['customer'])
    const first = await register.welcomeToken(id)
    await house().ask(resendInvitation, { id })
    const second = await register.welcomeToken(id, 2)
    expect(second).not.toBe(first)
    await expect(use(first)).rejects.toMatchObject(gone)
    expect((await use(second)).account.id).toBe(id)
  })

  test('whoever asks for resets in somebody’s name does not end the link they were sent', async () => {
    const anne = await register.active(companyId, someone(), ['customer'])
    const first = await register.resetToken(anne)
    register.clock.advance({ minutes: 20 })
    expect(await register.resetToken(anne, 2)).toBe(first)
    expect((await reset(first)).account.id).toBe(anne.id)
    // Used up: the next one is another.
    const next = await register.resetToken(anne, 3)
    expect(next).not.toBe(first)
    await expect(reset(first)).rejects.toMatchObject(gone)
  })

  test('of one kind are none of the other', async () => {
    const anne = await register.active(companyId, someone(), ['customer'])
    const { id } = await register.invited(companyId, someone(), ['customer'])
    await expect(use(await register.resetToken(anne))).rejects.toMatchObject(gone)
    await expect(reset(await register.welcomeToken(id))).rejects.toMatchObject(gone)
  })

  test('of an account that was switched off open nothing', async () => {
    const { id } = await register.invited(companyId, someone(), ['customer'])
    const anne = await register.active(companyId, someone(), ['customer'])
    const [welcome, forgotten] = [await register.welcomeToken(id), await register.resetToken(anne)]
    for (const each of [id, anne.id])
      await house().ask(changeAccount, { id: each, changes: { status: 'inactive' } })
    await expect(use(welcome)).rejects.toMatchObject(gone)
    await expect(reset(forgotten)).rejects.toMatchObject(gone)
  })

  test.each(['', 'x', 'x'.repeat(500), "' OR 1=1 --", '../../etc/passwd', '\u0000'])(
    'that nobody made (%j) open nothing',
    async (token) => {
      await expect(use(token)).rejects.toMatchObject(gone)
    },
  )

  test('their secret is told to notification alone, which mails it', async () => {
    const { id } = await register.invited(companyId, someone(), ['customer'])
    const admin = await register.active(null, someone(), ['admin'])
    const [invited] = await register.harness.eventsOf(accountInvited, (data) => data.accountId === id)
    const linkId = invited?.data.linkId ?? ''
    for (const [actor, code] of [
      [stranger, 'unauthenticated'],
      [actorOf(admin), 'forbidden'],
      [serviceActor('ticket'), 'forbidden'],
    ] as const) {
      await expect(register.harness.as(actor).ask(getLinkToken, { linkId })).rejects.toMatchObject({ code })
    }
  })
})
