/** The second factor of staff: one's own, a colleague's for admins, and whether the house asks for one. */
import { Account } from '@guichet/contracts/identity'
import {
  AccessRules,
  getAccessRules,
  getSecondFactor,
  offerSecondFactor,
  putAccessRules,
  renewRecoveryCodes,
  resetSecondFactor,
  SecondFactor,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@guichet/contracts/second-factor'
import { Id } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { done, ok } from './replies.ts'

const tag = 'Second factor'
const ById = Type.Object({ id: Id })
const { password, code } = turnOffSecondFactor.input.properties
const Proof = Type.Object({ password, code }, { additionalProperties: false })
const { offer } = turnOnSecondFactor.input.properties
const { recoveryCodes } = turnOnSecondFactor.output.properties

export const secondFactorRoutes = [
  route({
    method: 'GET',
    path: '/me/second-factor',
    access: 'enrolling',
    tag,
    summary:
      'Whether one’s own is on, since when, how many recovery codes are left, and whether the house asks for it',
    answers: { 200: SecondFactor },
    handle: async ({ ask }) => ok(await ask(getSecondFactor, {})),
  }),
  route({
    method: 'POST',
    path: '/me/second-factor/offers',
    access: 'enrolling',
    tag,
    summary: 'A secret for the authenticator app (RFC 6238); nothing is on yet',
    body: Type.Object({ password }, { additionalProperties: false }),
    answers: { 200: offerSecondFactor.output },
    refuses: { 409: 'It is on already', 422: 'The password is not right' },
    handle: async ({ ask, body, clientAddress }) =>
      ok(await ask(offerSecondFactor, { ...body, clientAddress })),
  }),
  route({
    method: 'PUT',
    path: '/me/second-factor',
    access: 'enrolling',
    tag,
    summary: 'Turn it on with the first code: ten recovery codes, told once; every other session ends',
    body: Type.Object({ offer, code }, { additionalProperties: false }),
    answers: { 200: Type.Object({ account: Account, recoveryCodes }) },
    refuses: { 409: 'It is on already', 410: 'The offer is over', 422: 'The code is not right' },
    handle: async ({ ask, body, clientAddress, userAgent }) => {
      const turnedOn = await ask(turnOnSecondFactor, { ...body, clientAddress, userAgent })
      const { account, session, expiresAt } = turnedOn.signedIn
      const answer = { account, recoveryCodes: turnedOn.recoveryCodes }
      return { ...ok(answer), session: { secret: session, expiresAt } }
    },
  }),
  route({
    method: 'POST',
    path: '/me/second-factor/removal',
    access: 'signed-in',
    tag,
    summary: 'Turn one’s own off',
    body: Proof,
    answers: { 204: null },
    refuses: { 409: 'It is not on', 422: 'The password or the code is not right' },
    handle: async ({ ask, body, clientAddress }) => {
      await ask(turnOffSecondFactor, { ...body, clientAddress })
      return done()
    },
  }),
  route({
    method: 'POST',
    path: '/me/second-factor/recovery-codes',
    access: 'signed-in',
    tag,
    summary: 'Ten new recovery codes, told once, in the place of the old ones',
    body: Proof,
    answers: { 200: renewRecoveryCodes.output },
    refuses: { 409: 'It is not on', 422: 'The password or the code is not right' },
    handle: async ({ ask, body, clientAddress }) =>
      ok(await ask(renewRecoveryCodes, { ...body, clientAddress })),
  }),
  route({
    method: 'GET',
    path: '/accounts/:id/second-factor',
    access: 'signed-in',
    tag,
    summary: 'Whether a colleague’s is on',
    params: ById,
    answers: { 200: SecondFactor },
    handle: async ({ ask, params }) => ok(await ask(getSecondFactor, { accountId: params.id })),
  }),
  route({
    method: 'DELETE',
    path: '/accounts/:id/second-factor',
    access: 'signed-in',
    tag,
    summary: 'Take a colleague’s away: their sessions end, the password alone lets them in',
    params: ById,
    answers: { 204: null },
    refuses: { 409: 'It is not on, or it is one’s own' },
    handle: async ({ ask, params }) => {
      await ask(resetSecondFactor, { accountId: params.id })
      return done()
    },
  }),
  route({
    method: 'GET',
    path: '/settings/access',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'What the house asks of its staff when they sign in',
    answers: { 200: AccessRules },
    handle: async ({ ask }) => ok(await ask(getAccessRules, {})),
  }),
  route({
    method: 'PUT',
    path: '/settings/access',
    access: 'signed-in',
    tag: 'Settings',
    summary:
      'Ask a second factor of all staff: who has none sets one up before anything else. Programs are not asked',
    body: AccessRules,
    answers: { 200: AccessRules },
    handle: async ({ ask, body }) => ok(await ask(putAccessRules, { rules: body })),
  }),
]
