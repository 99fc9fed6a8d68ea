/** Identity at work for the tests beside: companies, people who came in by their own link, a clock that is moved. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  accountInvited,
  activate,
  getLinkToken,
  inviteAccount,
  passwordResetRequested,
  registerCompany,
  requestPasswordReset,
  type Account,
} from '@guichet/contracts/identity'
import type { Role } from '@guichet/contracts/values/actor'
import {
  accountActor,
  serve,
  serviceActor,
  startHarness,
  stranger,
  type Harness,
} from '@guichet/service/harness'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { createIdentityService, type IdentityConfig } from '../index.ts'

export const PASSWORD = 'Boulangerie-2026!'
export const HERE = '203.0.113.5'

export interface Register {
  readonly harness: Harness
  readonly clock: FakeClock
  company: (name: string) => Promise<string>
  /** A member of the house for null. */
  invited: (companyId: string | null, email: string, roles: Role[]) => Promise<Account>
  /** Invited, and came in by the link of the welcome mail. */
  active: (companyId: string | null, email: string, roles: Role[]) => Promise<Account>
  /** The secret of the latest welcome link, as notification gets it. */
  welcomeToken: (accountId: string, which?: number) => Promise<string>
  /** Asks for a reset and answers with the secret of its link. */
  resetToken: (account: Account, which?: number) => Promise<string>
}

export interface RegisterOptions {
  copies?: number
  dataDir?: string
  config?: Partial<IdentityConfig>
}

export async function openRegister({
  copies = 1,
  dataDir,
  config = {},
}: RegisterOptions = {}): Promise<Register> {
  const clock = createFakeClock()
  const identity = serve('identity', createIdentityService, config)
  const harness = await startHarness({
    services: Array.from({ length: copies }, () => identity),
    clock,
    dataDir,
  })
  const house = harness.as(serviceActor('standalone'))
  const mails = harness.as(serviceActor('notification'))

  async function secretOf(linkId: string): Promise<string> {
    return (await mails.ask(getLinkToken, { linkId })).token
  }

  const register: Register = {
    harness,
    clock,
    company: async (name) => (await house.ask(registerCompany, { company: { name } })).id,
    invited: (companyId, email, roles) =>
      house.ask(inviteAccount, { companyId, email, name: email.split('@')[0] ?? '', roles }),
    active: async (companyId, email, roles) => {
      const { id } = await register.invited(companyId, email, roles)
      const token = await register.welcomeToken(id)
      const input = { token, password: PASSWORD, clientAddress: HERE }
      return (await harness.as(stranger).ask(activate, input)).account
    },
    welcomeToken: async (accountId, which = 1) => {
      const events = await harness.eventsOf(accountInvited, (data) => data.accountId === accountId, which)
      return await secretOf(events[which - 1]?.data.linkId ?? '')
    },
    resetToken: async ({ id, email }, which = 1) => {
      await harness.as(stranger).ask(requestPasswordReset, { email, clientAddress: HERE })
      clock.advance({ seconds: 1 })
      const events = await harness.eventsOf(passwordResetRequested, (data) => data.accountId === id, which)
      return await secretOf(events[which - 1]?.data.linkId ?? '')
    },
  }
  return register
}

/** The person as the doors know them. */
export function actorOf({ id, companyId, roles, email }: Account) {
  return accountActor(id, { companyId, roles, email })
}

/** Every byte that the house keeps, as whoever steals the disk reads it. */
export async function dumpOf(dataDir: string): Promise<string> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const contents = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))))
  return Buffer.concat(contents).toString('latin1')
}
