/** spec/security.md line 1: how passwords are kept, and which are refused. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { activate, signIn } from '@guichet/contracts/identity'
import { stranger } from '@guichet/service/harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPasswords, NOBODY } from './passwords.ts'
import { dumpOf, HERE, openRegister, PASSWORD, type Register } from './testing/register.ts'

/** OWASP Password Storage Cheat Sheet, argon2id: m = 19456 (19 MiB), t = 2, p = 1. */
const OWASP = '$argon2id$v=19$m=19456,t=2,p=1$'

describe('line 1: passwords', () => {
  let register: Register
  let dataDir: string
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'guichet-passwords-'))
    register = await openRegister({ dataDir })
  })
  afterAll(async () => {
    await register.harness.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const choose = async (email: string, password: string) => {
    const { id } = await register.invited(null, email, ['agent'])
    const token = await register.welcomeToken(id)
    return register.harness.as(stranger).ask(activate, { token, password, clientAddress: HERE })
  }
  const enter = (login: string, password: string) =>
    register.harness.as(stranger).ask(signIn, { login, password, clientAddress: HERE })

  test('are argon2id hashes with OWASP’s parameters and a salt each; none is in a dump of the disk', async () => {
    await choose('anne@exeko.test', PASSWORD)
    await choose('bruno@exeko.test', PASSWORD)
    const dump = await dumpOf(dataDir)
    const hashes = new Set(dump.match(/\$argon2id\$[^"\s]{60,}/g))
    expect(hashes.size).toBe(2)
    for (const hash of hashes) expect(hash.startsWith(OWASP)).toBe(true)
    expect(dump).not.toContain(PASSWORD)
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      expect(dump).not.toContain(Buffer.from(PASSWORD).toString(encoding).replace(/=+$/, ''))
    }
    expect(register.harness.logLines.join('\n')).not.toContain(PASSWORD)
  })

  test('of 8 characters, of 64 and of 200, of any script, are taken and let in as they were typed', async () => {
    const taken = ['Ab1!wxyz', `Aa1!${'x'.repeat(60)}`, `Aa1!${'é'.repeat(196)}`, 'Пароль-Ünïcode-9 🙂']
    for (const [index, password] of taken.entries()) {
      const login = `taken-${index}@exeko.test`
      await choose(login, password)
      expect((await enter(login, password)).account.email).toBe(login)
      await expect(enter(login, password.slice(0, -1))).rejects.toMatchObject({ code: 'wrong-credentials' })
    }
  })

  test.each([
    ['Password1!', ['password-common']],
    ['Motdepasse1!', ['password-common']],
    ['Abc1!', ['password-too-short']],
    ['brioche', ['password-too-short', 'password-no-upper-case', 'password-no-digit', 'password-no-special']],
    ['password', ['password-no-upper-case', 'password-no-digit', 'password-no-special', 'password-common']],
  ])('%s is refused with a fault for each broken rule, and the link stays good', async (password, codes) => {
    const { id } = await register.invited(
      null,
      `refused-${Buffer.from(password).toString('hex')}@exeko.test`,
      ['agent'],
    )
    const token = await register.welcomeToken(id)
    const choice = (chosen: string) =>
      register.harness.as(stranger).ask(activate, { token, password: chosen, clientAddress: HERE })
    await expect(choice(password)).rejects.toMatchObject({
      code: 'weak-password',
      fields: codes.map((code) => ({ path: 'password', code })),
    })
    await choice(PASSWORD)
  })

  test('where there is no account, the same work is done and nobody gets in', async () => {
    expect(NOBODY.startsWith(OWASP)).toBe(true)
    expect(await createPasswords().matches(null, PASSWORD)).toBe(false)
  })
})
