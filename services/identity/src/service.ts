/** Who people are and how they come in. The table of contents. */
import { Failure } from '@guichet/contracts/failure'
import { getSigningKey } from '@guichet/contracts/identity'
import * as identity from '@guichet/contracts/identity'
import {
  admins,
  answer,
  anyone,
  createService,
  either,
  hidden,
  services,
  signedIn,
  staff,
  type RequestCall,
  type Service,
  type ServiceParts,
} from '@guichet/service'
import { accessRules } from './access-rules.ts'
import {
  answerAddAddress,
  answerFindSender,
  answerListAddresses,
  answerRemoveAddress,
  sweepAddresses,
} from './addresses.ts'
import { openCollections } from './collections.ts'
import type { IdentityConfig } from './config.ts'
import type { Context } from './context.ts'
import { errors } from './errors.ts'
import {
  accountOfEvaluationLink,
  activateForEvaluation,
  ensureFirstAdmin,
  evaluationPath,
} from './first-admin.ts'
import { onMailBounced } from './handlers/on-mail-bounced.ts'
import { answerGetActivation, answerGetLinkToken, choosePassword } from './links.ts'
import { createPasswords } from './passwords.ts'
import { importClients } from '@guichet/contracts/client-import'
import * as accounts from './requests/accounts.ts'
import * as apiTokens from './requests/api-tokens.ts'
import * as companies from './requests/companies.ts'
import { answerImportClients } from './requests/import-clients.ts'
import { answerPutAccessRules } from './requests/put-access-rules.ts'
import { answerRequestPasswordReset } from './requests/request-password-reset.ts'
import * as ownFactor from './requests/second-factor.ts'
import { answerBeginSignIn, answerFinishSignIn, answerSignIn } from './requests/sign-in.ts'
import { resetAtStart } from './reset-at-start.ts'
import { answerResolveSession, answerSignOut, openSession, sweepSessions } from './session.ts'
import * as ownAccount from '@guichet/contracts/own-account'
import * as secondFactor from '@guichet/contracts/second-factor'
import { answerClaimAddress, answerConfirmAddress, answerGetAddressClaim } from './own-addresses.ts'
import { answerEndOtherSessions, answerEndSession, answerListSessions } from './own-sessions.ts'
import { answerChangePassword } from './requests/change-password.ts'
import { createKeyRing } from './signing-key.ts'
import { createThrottle } from './throttle.ts'
import { publicAccount } from './domain/account.ts'
import { visibleAccount } from './visible-account.ts'

const HOUR_MS = 60 * 60 * 1000

export interface IdentityService extends Service {
  /** Path of the first administrator's activation link while it waits to be used. */
  ensureFirstAdmin: () => Promise<{ activationPath: string } | undefined>
  evaluationPath: (accountId: string) => string
  activateForEvaluation: (account: identity.Account) => Promise<void>
}

export function createIdentityService(parts: ServiceParts<IdentityConfig>): IdentityService {
  const collections = openCollections(parts.store)
  const keyRing = createKeyRing(collections, parts.clock)
  const context: Context = {
    parts,
    collections,
    passwords: createPasswords(),
    throttle: createThrottle(() => parts.clock.now().epochMilliseconds),
    signer: keyRing.signer,
  }
  const people = either(signedIn, services())
  const nothing = async (work: Promise<void> | void) => {
    await work
    return {}
  }
  const service = createService(
    {
      name: 'identity',
      errors,
      answers: [
        answer(identity.signIn, anyone, (input) => answerSignIn(context, input)),
        answer(secondFactor.beginSignIn, anyone, (input) => answerBeginSignIn(context, input)),
        answer(secondFactor.finishSignIn, anyone, (input) => answerFinishSignIn(context, input)),
        answer(identity.signInForEvaluation, anyone, async ({ link, ...client }) =>
          openSession(context, await accountOfEvaluationLink(context, link), client),
        ),
        answer(identity.signOut, anyone, ({ session }) => nothing(answerSignOut(context, session))),
        answer(identity.resolveSession, anyone, (input) => answerResolveSession(context, input)),
        answer(identity.resolveBearer, anyone, (input) => apiTokens.answerResolveBearer(context, input)),
        answer(getSigningKey, anyone, async () => ({ jwk: await keyRing.publicJwk() })),
        answer(identity.activate, anyone, (input) => choosePassword(context, input, 'activation')),
        answer(identity.getActivation, anyone, (input) => answerGetActivation(context, input)),
        answer(identity.requestPasswordReset, anyone, (input) =>
          nothing(answerRequestPasswordReset(context, input)),
        ),
        answer(identity.resetPassword, anyone, (input) => choosePassword(context, input, 'password-reset')),
        answer(identity.getLinkToken, services('notification'), (input) =>
          answerGetLinkToken(context, input),
        ),
        answer(identity.createApiToken, admins, (input, { actor }) =>
          apiTokens.answerCreateApiToken(context, input, actor),
        ),
        answer(identity.listApiTokens, admins, (input) => apiTokens.answerListApiTokens(context, input)),
        answer(identity.revokeApiToken, hidden(admins), ({ id }) =>
          nothing(apiTokens.answerRevokeApiToken(context, id)),
        ),
        answer(identity.registerCompany, people, (input, { actor }) =>
          companies.answerRegisterCompany(context, input, actor),
        ),
        answer(identity.listCompanies, people, (input, { actor }) =>
          companies.answerListCompanies(context, input, actor),
        ),
        answer(identity.getCompany, people, ({ id }, { actor }) =>
          companies.answerGetCompany(context, id, actor),
        ),
        answer(identity.changeCompany, people, (input, { actor }) =>
          companies.answerChangeCompany(context, input, actor),
        ),
        answer(identity.inviteAccount, people, (input, { actor }) =>
          accounts.answerInviteAccount(context, input, actor),
        ),
        answer(identity.listAccounts, people, (input, { actor }) =>
          accounts.answerListAccounts(context, input, actor),
        ),
        answer(identity.getAccount, people, async ({ id }, { actor }) =>
          publicAccount(id, (await visibleAccount(context, id, actor)).value),
        ),
        answer(identity.getAccounts, services(), (input) => accounts.answerGetAccounts(context, input)),
        answer(identity.listStaff, services(), (input) => accounts.answerListStaff(context, input)),
        answer(identity.changeAccount, people, (input, { actor }) =>
          accounts.answerChangeAccount(context, input, actor),
        ),
        answer(identity.resendInvitation, people, ({ id }, { actor }) =>
          accounts.answerResendInvitation(context, id, actor),
        ),
        answer(identity.listAddresses, people, (input, { actor }) =>
          answerListAddresses(context, input, actor),
        ),
        answer(identity.addAddress, people, (input, { actor }) => answerAddAddress(context, input, actor)),
        answer(identity.removeAddress, people, (input, { actor }) =>
          nothing(answerRemoveAddress(context, input, actor)),
        ),
        answer(ownAccount.listSessions, signedIn, (input, call) =>
          answerListSessions(context, input, person(call)),
        ),
        answer(ownAccount.endSession, signedIn, ({ id }, call) =>
          nothing(answerEndSession(context, id, person(call))),
        ),
        answer(ownAccount.endOtherSessions, signedIn, (input, call) =>
          answerEndOtherSessions(context, input, person(call)),
        ),
        answer(ownAccount.changePassword, signedIn, (input, call) =>
          answerChangePassword(context, input, person(call)),
        ),
        answer(ownAccount.claimAddress, signedIn, (input, call) =>
          nothing(answerClaimAddress(context, input, person(call))),
        ),
        answer(ownAccount.getAddressClaim, anyone, (input) => answerGetAddressClaim(context, input)),
        answer(ownAccount.confirmAddress, anyone, (input) => answerConfirmAddress(context, input)),
        answer(secondFactor.getSecondFactor, signedIn, (input, call) =>
          ownFactor.answerGetSecondFactor(context, input, person(call)),
        ),
        answer(secondFactor.offerSecondFactor, signedIn, (input, call) =>
          ownFactor.answerOfferSecondFactor(context, input, person(call)),
        ),
        answer(secondFactor.readSecondFactorOffer, signedIn, (input, call) =>
          ownFactor.answerReadSecondFactorOffer(context, input, person(call)),
        ),
        answer(secondFactor.turnOnSecondFactor, signedIn, (input, call) =>
          ownFactor.answerTurnOnSecondFactor(context, input, person(call)),
        ),
        answer(secondFactor.turnOffSecondFactor, signedIn, (input, call) =>
          ownFactor.answerTurnOffSecondFactor(context, input, person(call)),
        ),
        answer(secondFactor.renewRecoveryCodes, signedIn, (input, call) =>
          ownFactor.answerRenewRecoveryCodes(context, input, person(call)),
        ),
        answer(secondFactor.resetSecondFactor, hidden(admins, staff), (input, { actor }) =>
          ownFactor.answerResetSecondFactor(context, input, actor),
        ),
        answer(secondFactor.getAccessRules, admins, () => accessRules(context)),
        answer(secondFactor.putAccessRules, admins, (input, { actor }) =>
          answerPutAccessRules(context, input, actor),
        ),
        answer(importClients, admins, (input, { actor }) => answerImportClients(context, input, actor)),
        answer(identity.findSender, services(), (input) => answerFindSender(context, input)),
      ],
      consumers: [{ name: 'identity', from: 'history', handlers: [onMailBounced(context)] }],
      timers: [
        { name: 'sweep-sessions', everyMs: HOUR_MS, run: () => sweepSessions(context) },
        { name: 'sweep-addresses', everyMs: HOUR_MS, run: () => sweepAddresses(context) },
      ],
      emits: [
        identity.companyRegistered,
        identity.companyChanged,
        identity.accountInvited,
        identity.accountActivated,
        identity.accountChanged,
        identity.passwordResetRequested,
        identity.passwordChanged,
        identity.addressRegistered,
        identity.addressRemoved,
        ownAccount.addressClaimed,
        secondFactor.secondFactorChanged,
        secondFactor.accessRulesChanged,
      ],
      // Neither links, sessions, tokens nor keys.
      audited: [collections.companies, collections.accounts, collections.addresses, collections.accessRules],
    },
    parts,
  )
  return {
    ...service,
    start: async () => {
      await service.start()
      await resetAtStart(context)
    },
    ensureFirstAdmin: () => ensureFirstAdmin(context),
    evaluationPath: (accountId) => evaluationPath(context, accountId),
    activateForEvaluation: (account) => activateForEvaluation(context, account),
  }
}

/** The rule let only accounts pass. */
function person({ actor }: RequestCall) {
  if (actor.kind !== 'account') throw new Failure('unauthenticated')
  return actor
}
