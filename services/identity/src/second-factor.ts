/** Codes and secrets of second factors, as they are proved and kept. domain/second-factor.ts decides what counts. */
import { createHmac, randomBytes } from 'node:crypto'
import { Failure } from '@guichet/contracts/failure'
import { secondFactorChanged } from '@guichet/contracts/second-factor'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { NewEvent, Stored } from '@guichet/store'
import type { Context } from './context.ts'
import { actorOf, type StoredAccount } from './domain/account.ts'
import {
  afterCode,
  plainRecoveryCode,
  RECOVERY_CODES,
  recoveryCodeOf,
  type Accepted,
  type StoredSecondFactor,
} from './domain/second-factor.ts'
import { ACCOUNT_AT_PLACE, CODES } from './domain/throttle.ts'
import { unseal } from './sealed.ts'
import type { Count } from './throttle.ts'

/** 401 where somebody comes in, 422 in a form of whoever is in already. */
export type WrongCode = 'wrong-second-factor' | 'wrong-code'

/** Keyed, so that a stolen disk does not yield them to patience. */
export function recoveryHash({ parts }: Context, accountId: string, plain: string): string {
  return createHmac('sha256', parts.secrets.key('recovery-code'))
    .update(`${accountId}:${plain}`)
    .digest('base64url')
}

/** Shown once; the hashes stay. */
export function newRecoveryCodes(
  context: Context,
  accountId: string,
): { recoveryCodes: string[]; recoveryHashes: string[] } {
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => recoveryCodeOf(randomBytes(16)))
  const recoveryHashes = recoveryCodes.map((code) =>
    recoveryHash(context, accountId, plainRecoveryCode(code)),
  )
  return { recoveryCodes, recoveryHashes }
}

export interface CodeGiven {
  code: string
  clientAddress: string
  /** What is said of a wrong one. */
  wrong: WrongCode
}

/**
 * Uses the code up: of two who send the same one, one is let through. What else changes with it goes into the same
 * commit. @throws Failure `wrong`, too-many-attempts, second-factor-off; unauthenticated when the account is gone
 */
export async function useCode(
  context: Context,
  accountId: string,
  { code, clientAddress, wrong }: CodeGiven,
  change: (accepted: Accepted, account: StoredAccount) => { value: StoredAccount; events: NewEvent[] } = (
    { factor },
    account,
  ) => ({ value: { ...account, secondFactor: factor }, events: [] }),
): Promise<{ account: Stored<StoredAccount>; by: Accepted['by'] }> {
  const counts = countsOf(accountId, clientAddress)
  // Who has been right here before is slowed by their own mistakes only, whatever others try in their name.
  const counted = context.throttle.isTrusted(counts.here.key) ? [counts.here] : Object.values(counts)
  const used = await context.throttle
    .attempt(
      `second-factor:${accountId}`,
      counted,
      () =>
        retryOnConflict(async () => {
          const stored = await context.collections.accounts.get(accountId)
          if (stored?.value.status !== 'active') throw new Failure('unauthenticated')
          const factor = stored.value.secondFactor
          if (!factor) throw new Failure('second-factor-off')
          const accepted = await accept(context, accountId, factor, code)
          if (!accepted) throw new Failure(wrong, { fields: [{ path: 'code', code: wrong }] })
          const { value, events } = change(accepted, stored.value)
          const told = accepted.by === 'recovery-code' ? [codeUsed(context, accountId, accepted, value)] : []
          const { version } = await context.collections.accounts.commit({
            id: accountId,
            expectedVersion: stored.version,
            value,
            events: [...told, ...events],
          })
          return { account: { id: accountId, version, value }, by: accepted.by }
        }),
      (error) => error instanceof Failure && error.code === wrong,
    )
    .catch(async (error: unknown) => {
      if (error instanceof Failure && error.code === wrong)
        await tellOfRefusals(context, accountId, counts.account)
      throw error
    })
  context.throttle.trust(counts.here.key)
  return used
}

/** Once, when the account's free tries are used up: whoever tries has the password (OWASP ASVS 5.0 6.3.5). */
async function tellOfRefusals(context: Context, accountId: string, { key, patience }: Count): Promise<void> {
  if (context.throttle.failuresOf(key) !== patience.freeTries) return
  await retryOnConflict(async () => {
    const stored = await context.collections.accounts.get(accountId)
    const factor = stored?.value.secondFactor
    if (!stored || !factor) return
    const actor = { kind: 'service' as const, service: 'identity' }
    const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
    const data = {
      accountId,
      change: 'codes-refused' as const,
      recoveryCodesLeft: factor.recoveryHashes.length,
    }
    await context.collections.accounts.commit({
      id: accountId,
      expectedVersion: stored.version,
      value: stored.value,
      events: [newEvent(secondFactorChanged, data, facts)],
    })
  })
}

async function accept(context: Context, accountId: string, factor: StoredSecondFactor, code: string) {
  const opened = await unseal(context, 'second-factor-secret', factor.sealedSecret)
  const secret = opened?.said['secret']
  if (opened?.accountId !== accountId || typeof secret !== 'string')
    throw new Error(
      'The secret of a second factor cannot be read: is this the cluster secret it was sealed with?',
    )
  const at = context.parts.clock.now().epochMilliseconds
  return afterCode(factor, secret, code, at, (plain) => recoveryHash(context, accountId, plain))
}

function codeUsed(
  context: Context,
  accountId: string,
  { factor }: Accepted,
  account: StoredAccount,
): NewEvent {
  const data = {
    accountId,
    change: 'recovery-code-used' as const,
    recoveryCodesLeft: factor.recoveryHashes.length,
  }
  const facts = { actor: actorOf(accountId, account), audience: STAFF_ONLY, at: context.parts.clock.now() }
  return newEvent(secondFactorChanged, data, facts)
}

function countsOf(accountId: string, clientAddress: string): Record<'here' | 'account', Count> {
  return {
    here: { key: `code:${clientAddress}:${accountId}`, patience: ACCOUNT_AT_PLACE },
    account: { key: `code-account:${accountId}`, patience: CODES },
  }
}
