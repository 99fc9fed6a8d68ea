/** How a house begins, and how an evaluation lets one in. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountInvited, activate, signIn, signInForEvaluation } from '@guichet/contracts/identity'
import { stranger } from '@guichet/service/harness'
import { expect, onTestFinished, test } from 'vitest'
import type { IdentityService } from './index.ts'
import { HERE, openRegister, PASSWORD, type Register, type RegisterOptions } from './testing/register.ts'

async function open(options: RegisterOptions): Promise<Register & { identity: IdentityService }> {
  const register = await openRegister(options)
  onTestFinished(() => register.harness.stop())
  return { ...register, identity: register.harness.services[0] as IdentityService }
}
const enter = ({ harness }: Register, login: string, password: string) =>
  harness.as(stranger).ask(signIn, { login, password, clientAddress: HERE })

test('with a password the first administrator is there at once, and once, however many copies start', async () => {
  const config = { ADMIN_EMAIL: 'Luc@Exeko.test', ADMIN_PASSWORD: PASSWORD }
  const register = await open({ config, copies: 2 })
  const copies = register.harness.services as IdentityService[]
  const starts = await Promise.all(copies.map((copy) => copy.ensureFirstAdmin()))
  expect(starts).toEqual([undefined, undefined])
  await register.identity.ensureFirstAdmin()
  const { account } = await enter(register, 'luc@exeko.test', PASSWORD)
  expect(account).toMatchObject({ companyId: null, status: 'active', roles: ['admin', 'agent', 'finance'] })
})

test('without one a link waits to be used, the same after each start, and is told until it was', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-first-admin-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const register = await open({ config: { ADMIN_EMAIL: 'luc@exeko.test' }, dataDir })
  const waiting = await register.identity.ensureFirstAdmin()
  expect(await register.identity.ensureFirstAdmin()).toEqual(waiting)
  expect(await register.harness.eventsOf(accountInvited)).toHaveLength(1)
  const token = waiting?.activationPath.replace('/activation/', '') ?? ''
  await register.harness.as(stranger).ask(activate, { token, password: PASSWORD, clientAddress: HERE })
  expect(await register.identity.ensureFirstAdmin()).toBeUndefined()
  expect((await enter(register, 'luc@exeko.test', PASSWORD)).account.status).toBe('active')
})

test('no administrator is made who was not asked for', async () => {
  const register = await open({})
  expect(await register.identity.ensureFirstAdmin()).toBeUndefined()
})

test('one-click links let in during an evaluation alone, and only as they were made', async () => {
  const config = { evaluation: true } as RegisterOptions['config']
  const evaluation = await open({ config })
  const { id } = await evaluation.invited(null, 'luc@exeko.test', ['agent'])
  const other = await evaluation.invited(null, 'eva@exeko.test', ['admin'])
  const click = (register: Register, path: string) =>
    register.harness
      .as(stranger)
      .ask(signInForEvaluation, { link: path.replace('/evaluation/', ''), clientAddress: HERE })
  const path = evaluation.identity.evaluationPath(id)
  expect((await click(evaluation, path)).account.id).toBe(id)
  const refused = { code: 'not-found' }
  await expect(click(evaluation, path.replace(id, other.id))).rejects.toMatchObject(refused)
  const altered = path.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  await expect(click(evaluation, altered)).rejects.toMatchObject(refused)
  await expect(click(evaluation, `/evaluation/${id}.`)).rejects.toMatchObject(refused)

  const house = await open({})
  const anne = await house.invited(null, 'anne@exeko.test', ['agent'])
  await expect(click(house, house.identity.evaluationPath(anne.id))).rejects.toMatchObject(refused)
})
