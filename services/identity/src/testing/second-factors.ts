/** People of the house with their telephones, at a register of two copies: what one accepted the other refuses. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveSession, signIn, type Account } from '@guichet/contracts/identity'
import {
  beginSignIn,
  finishSignIn,
  offerSecondFactor,
  turnOnSecondFactor,
} from '@guichet/contracts/second-factor'
import { codeOf, stranger } from '@guichet/service/harness'
import { codeAt } from '@guichet/testing/authenticator'
import { actorOf, openRegister, PASSWORD, type Register } from './register.ts'

export interface Telephone {
  secret: string
  recoveryCodes: string[]
  session: string
  code: (ahead?: number) => string
}

let places = 0
/** Nobody has been there before: what is counted elsewhere does not meet it. */
export const newPlace = () => `2001:db8::${(places += 1).toString(16)}`

/** A failure's code, or `answered`. */
export const outcome = async (work: Promise<unknown>) => (await codeOf(work)) ?? 'answered'

/** One altered character in its last part. */
export function altered(sealed: string): string {
  const at = sealed.length - 10
  return sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
}

/** Turned on as the page does it; the first code is used up, and so is its step. */
export async function telephoneOf({ harness, clock }: Register, account: Account): Promise<Telephone> {
  const own = harness.as(actorOf(account))
  const clientAddress = newPlace()
  const { offer, secret } = await own.ask(offerSecondFactor, { password: PASSWORD, clientAddress })
  const code = (ahead = 0) => codeAt(secret, clock.now().epochMilliseconds, ahead)
  const { recoveryCodes, signedIn } = await own.ask(turnOnSecondFactor, {
    offer,
    code: code(),
    clientAddress,
  })
  clock.advance({ seconds: 30 })
  return { secret, recoveryCodes, session: signedIn.session, code }
}

export async function openHouse() {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-second-factor-'))
  const register = await openRegister({ dataDir, copies: 2, config: { BRAND: 'Exeko' } })
  let people = 0
  const member = (name: string, role: 'agent' | 'admin' | 'operator' = 'agent') =>
    register.active(null, `${name}-${(people += 1)}@exeko.test`, [role])
  const nobody = () => register.harness.as(stranger)
  return {
    register,
    dataDir,
    member,
    nobody,
    as: (account: Account) => register.harness.as(actorOf(account)),
    nextStep: () => register.clock.advance({ seconds: 30 }),
    holds: (session: string) => outcome(nobody().ask(resolveSession, { session })),
    withSecondFactor: (account: Account) => telephoneOf(register, account),
    turnedOn: async (name: string) => {
      const account = await member(name)
      await telephoneOf(register, account)
      return account
    },
    enter: (account: Account, code?: string, clientAddress = newPlace(), password = PASSWORD) =>
      nobody().ask(signIn, { login: account.email, password, code, clientAddress }),
    pendingOf: async (account: Account) => {
      const input = { login: account.email, password: PASSWORD, clientAddress: newPlace() }
      const begun = await nobody().ask(beginSignIn, input)
      return 'pending' in begun ? begun.pending : 'no second step'
    },
    finish: (pending: string, code: string, clientAddress = newPlace()) =>
      nobody().ask(finishSignIn, { pending, code, clientAddress }),
    close: async () => {
      await register.harness.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
