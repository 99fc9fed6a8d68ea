/** spec/security.md line 5, at the service: what a session is, and when it is over, on every copy at once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  accessChanged,
  changeAccount,
  createApiToken,
  listApiTokens,
  resetPassword,
  resolveBearer,
  resolveSession,
  revokeApiToken,
  signIn,
  signOut,
  type Account,
} from '@guichet/contracts/identity'
import { serviceActor, stranger } from '@guichet/service/harness'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actorOf, dumpOf, HERE, openRegister, PASSWORD, type Register } from './testing/register.ts'

let register: Register
let dataDir: string
let companyId: string
let anne: Account
let people = 0

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guichet-sessions-'))
  register = await openRegister({ dataDir, copies: 2 })
  companyId = await register.company('Boulangerie Delvaux')
})
afterAll(async () => {
  await register.harness.stop()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  anne = await register.active(companyId, `anne-${(people += 1)}@delvaux.test`, ['customer'])
})

const nobody = () => register.harness.as(stranger)
const house = () => register.harness.as(serviceActor('standalone'))
const enter = async (replaces?: string) => {
  const input = { login: anne.email, password: PASSWORD, clientAddress: HERE, replaces }
  return (await nobody().ask(signIn, input)).session
}
/** Asked often enough that each copy has answered. */
async function holds(session: string): Promise<boolean> {
  const answers = await Promise.allSettled(
    Array.from({ length: 6 }, () => nobody().ask(resolveSession, { session })),
  )
  const kinds = new Set(answers.map(({ status }) => status))
  expect(kinds.size, 'all copies say the same').toBe(1)
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'unauthenticated' })
  }
  return kinds.has('fulfilled')
}

describe('line 5: a session', () => {
  test('is 256 random bits, another at each sign-in, and hashed on the disk', async () => {
    const sessions = await Promise.all([enter(), enter(), enter()])
    expect(new Set(sessions).size).toBe(3)
    const dump = await dumpOf(dataDir)
    for (const session of sessions) {
      expect(Buffer.from(session, 'base64url')).toHaveLength(32)
      expect(dump).not.toContain(session)
      expect(register.harness.logLines.join('\n')).not.toContain(session)
      expect(await holds(session)).toBe(true)
    }
  })

  test('ends at sign-out, alone; signing out twice is no fault', async () => {
    const [here, there] = [await enter(), await enter()]
    await nobody().ask(signOut, { session: here })
    await nobody().ask(signOut, { session: here })
    expect([await holds(here), await holds(there)]).toEqual([false, true])
  })

  test('ends when the browser that has it signs in anew, and only then', async () => {
    const old = await enter()
    const wrong = { login: anne.email, password: 'Wrong-password-1!', clientAddress: HERE, replaces: old }
    await expect(nobody().ask(signIn, wrong)).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(await holds(old)).toBe(true)
    const next = await enter(old)
    expect([await holds(old), await holds(next)]).toEqual([false, true])
  })

  test('ends everywhere when the password changes; the one that changed it goes on', async () => {
    const [here, there] = [await enter(), await enter()]
    const token = await register.resetToken(anne)
    const { session } = await nobody().ask(resetPassword, {
      token,
      password: 'Nouvelle-Porte-7',
      clientAddress: HERE,
    })
    expect([await holds(here), await holds(there), await holds(session)]).toEqual([false, false, true])
  })

  test('ends everywhere when the account is switched off, and does not come back with it', async () => {
    const session = await enter()
    await house().ask(changeAccount, { id: anne.id, changes: { status: 'inactive' } })
    expect(await holds(session)).toBe(false)
    await house().ask(changeAccount, { id: anne.id, changes: { status: 'active' } })
    expect(await holds(session)).toBe(false)
    expect(await holds(await enter())).toBe(true)
  })

  test('is over after eight days', async () => {
    const session = await enter()
    register.clock.advance({ hours: 8 * 24 - 1 })
    expect(await holds(session)).toBe(true)
    register.clock.advance({ hours: 1 })
    expect(await holds(session)).toBe(false)
  })

  test('acts with the rights that its account has now', async () => {
    const session = await enter()
    await house().ask(changeAccount, { id: anne.id, changes: { roles: ['customer', 'billing'] } })
    expect((await nobody().ask(resolveSession, { session })).actor.roles).toEqual(['customer', 'billing'])
  })

  test.each(['', 'x'.repeat(43), '*', "' OR 1=1 --"])('that nobody has (%j) is none', async (session) => {
    expect(await holds(session)).toBe(false)
  })

  test('whoever holds something open is told that access changed', async () => {
    const told: string[] = []
    const watch = await register.harness.bus.live.watch(
      accessChanged,
      ({ accountId }) => void told.push(accountId),
    )
    const waitFor = (count: number) => register.harness.until('the word', () => told.length >= count)
    const session = await enter()
    await nobody().ask(signOut, { session })
    await waitFor(1)
    await house().ask(changeAccount, { id: anne.id, changes: { name: 'Anne L.' } })
    await house().ask(changeAccount, { id: anne.id, changes: { roles: ['customer', 'manager'] } })
    await waitFor(2)
    await house().ask(changeAccount, { id: anne.id, changes: { status: 'inactive' } })
    await waitFor(3)
    expect(told).toEqual([anne.id, anne.id, anne.id])
    await watch.stop()
  })
})

describe('a token for a program', () => {
  const admin = async () => {
    const account = await register.active(null, `luc-${(people += 1)}@exeko.test`, ['admin'])
    return register.harness.as(actorOf(account))
  }
  const who = (bearer: string) => nobody().ask(resolveBearer, { bearer })
  const input = { name: 'caisse', roles: ['agent' as const] }

  test('acts with its own roles, is hashed on the disk, and ends when it is revoked or over', async () => {
    const luc = await admin()
    const { id, token } = await luc.ask(createApiToken, input)
    expect((await who(token)).actor).toMatchObject({ accountId: id, companyId: null, roles: ['agent'] })
    expect(await dumpOf(dataDir)).not.toContain(token)
    expect(JSON.stringify(await luc.ask(listApiTokens, {}))).not.toContain(token)
    await luc.ask(revokeApiToken, { id })
    await expect(who(token)).rejects.toMatchObject({ code: 'unauthenticated' })

    const expiresAt = register.clock.now().add({ hours: 1 }).toString()
    const brief = await luc.ask(createApiToken, { ...input, expiresAt })
    await who(brief.token)
    register.clock.advance({ hours: 1 })
    await expect(who(brief.token)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('line 19: the same key of the same admin is the same token; another’s is another’s', async () => {
    const [luc, eva] = [await admin(), await admin()]
    const keyed = { ...input, idempotencyKey: 'deploy-1' }
    const first = await luc.ask(createApiToken, keyed)
    expect(await luc.ask(createApiToken, keyed)).toEqual(first)
    const other = await eva.ask(createApiToken, keyed)
    expect([other.id === first.id, other.token === first.token]).toEqual([false, false])
    await luc.ask(revokeApiToken, { id: first.id })
    await expect(luc.ask(createApiToken, keyed)).rejects.toMatchObject({ code: 'token-revoked' })
  })

  test('has no role of a client, and is nothing but a token', async () => {
    const luc = await admin()
    await expect(luc.ask(createApiToken, { name: 'x', roles: ['customer'] })).rejects.toMatchObject({
      code: 'roles-not-allowed',
    })
    const { token } = await luc.ask(createApiToken, input)
    await expect(nobody().ask(resolveSession, { session: token })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    await expect(who(await enter())).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
