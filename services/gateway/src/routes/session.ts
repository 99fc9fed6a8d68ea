/** Coming in, going out, and the links that let one in. */
import {
  activate,
  Account,
  requestPasswordReset,
  resetPassword,
  signIn,
  signOut,
} from '@guichet/contracts/identity'
import type { OutputOf } from '@guichet/contracts/definition'
import { route, type ApiReply } from '@guichet/http'
import { Type } from 'typebox'
import { accepted, done } from './replies.ts'

const SignedIn = Type.Object({ account: Account })
const { recoveryCodesLeft: CodesLeft } = signIn.output.properties
const Password = Type.String({ maxLength: 1000 })
const Token = Type.Object({ token: Type.String({ maxLength: 500 }) })
const tag = 'Session'

function signedIn({ account, session, expiresAt, recoveryCodesLeft }: OutputOf<typeof signIn>): ApiReply {
  const left = recoveryCodesLeft === undefined ? {} : { recoveryCodesLeft }
  return { status: 200, body: { account, ...left }, session: { secret: session, expiresAt } }
}

export const sessionRoutes = [
  route({
    method: 'POST',
    path: '/session',
    access: 'public',
    tag,
    summary:
      'Sign in with e-mail address or login name, and with a code where the account has a second factor',
    body: Type.Object(
      { login: Type.String({ maxLength: 254 }), password: Password, code: signIn.input.properties.code },
      { additionalProperties: false },
    ),
    answers: { 200: Type.Object({ account: Account, recoveryCodesLeft: CodesLeft }) },
    refuses: {
      401: 'This address and this password do not go together (`wrong-credentials`); or they do, and a code is asked for too (`second-factor-required`), or it is not right (`wrong-second-factor`)',
    },
    handle: async ({ ask, body, clientAddress, userAgent, session }) =>
      signedIn(await ask(signIn, { ...body, clientAddress, userAgent, replaces: session })),
  }),
  route({
    method: 'DELETE',
    path: '/session',
    access: 'public',
    tag,
    summary: 'Sign out: the session ends everywhere',
    answers: { 204: null },
    handle: async ({ ask, session }) => {
      if (session) await ask(signOut, { session })
      return { ...done(), session: null }
    },
  }),
  route({
    method: 'POST',
    path: '/activation',
    access: 'public',
    tag,
    summary: 'Choose a password with the link of the welcome mail',
    body: Type.Object({ token: Token.properties.token, password: Password }, { additionalProperties: false }),
    answers: { 200: SignedIn },
    refuses: {
      410: 'The link has been used, was replaced, or is over',
      422: 'One entry of `errors` for each rule that is broken',
    },
    handle: async ({ ask, body, clientAddress, userAgent }) =>
      signedIn(await ask(activate, { ...body, clientAddress, userAgent })),
  }),
  route({
    method: 'POST',
    path: '/password-resets',
    access: 'public',
    tag,
    summary: 'Ask for a link to choose a new password; the answer never tells whether the address is known',
    body: Type.Object({ email: Type.String({ maxLength: 254 }) }, { additionalProperties: false }),
    answers: { 202: Type.Object({}) },
    handle: async ({ ask, body, clientAddress }) => {
      await ask(requestPasswordReset, { ...body, clientAddress })
      return accepted()
    },
  }),
  route({
    method: 'PUT',
    path: '/password-resets/:token',
    access: 'public',
    tag,
    summary: 'Choose a new password with the link',
    params: Token,
    body: Type.Object({ password: Password }, { additionalProperties: false }),
    answers: { 200: SignedIn },
    refuses: {
      401: 'The new password holds, and the account has a second factor: sign in with both (`second-factor-required`)',
      410: 'The link has been used, was replaced, or is over',
      422: 'One entry of `errors` for each rule that is broken',
    },
    handle: async ({ ask, params, body, clientAddress, userAgent }) =>
      signedIn(
        await ask(resetPassword, {
          token: params.token,
          password: body.password,
          clientAddress,
          userAgent,
        }),
      ),
  }),
]
