/** What a person does with their own account: where they are signed in, their password, the addresses they write from. */
import { Account } from '@guichet/contracts/identity'
import {
  changePassword,
  claimAddress,
  confirmAddress,
  endOtherSessions,
  endSession,
  listSessions,
} from '@guichet/contracts/own-account'
import { EmailAddress, Id } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { accepted, done, ok } from './replies.ts'

const tag = 'Own account'
const SignedIn = Type.Object({ account: Account })
const { current, password } = changePassword.input.properties

export const ownAccountRoutes = [
  route({
    method: 'GET',
    path: '/me/sessions',
    access: 'signed-in',
    tag,
    summary: 'Where one is signed in, the newest first',
    answers: { 200: listSessions.output },
    handle: async ({ ask, session }) => ok(await ask(listSessions, { session })),
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions',
    access: 'signed-in',
    tag,
    summary: 'End all sessions but this one, which gets a new cookie',
    answers: { 200: SignedIn },
    handle: async ({ ask, clientAddress, userAgent }) => {
      const { account, session, expiresAt } = await ask(endOtherSessions, { clientAddress, userAgent })
      return { ...ok({ account }), session: { secret: session, expiresAt } }
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions/:id',
    access: 'signed-in',
    tag,
    summary: 'End one of one’s own sessions, at once',
    params: Type.Object({ id: Id }),
    answers: { 204: null },
    handle: async ({ ask, params }) => {
      await ask(endSession, params)
      return done()
    },
  }),
  route({
    method: 'PUT',
    path: '/me/password',
    access: 'signed-in',
    tag,
    summary: 'Choose a new password; every other session ends',
    body: Type.Object({ current, password }, { additionalProperties: false }),
    answers: { 200: SignedIn },
    refuses: {
      422: 'The current password is not right, or one entry of `errors` for each rule that is broken',
    },
    handle: async ({ ask, body, clientAddress, userAgent }) => {
      const input = { ...body, clientAddress, userAgent }
      const { account, session, expiresAt } = await ask(changePassword, input)
      return { ...ok({ account }), session: { secret: session, expiresAt } }
    },
  }),
  route({
    method: 'POST',
    path: '/me/addresses',
    access: 'signed-in',
    tag,
    summary: 'Ask for another sender address: a link is mailed there, whoever’s it is',
    body: Type.Object({ address: EmailAddress }, { additionalProperties: false }),
    answers: { 202: Type.Object({}) },
    handle: async ({ ask, body }) => {
      await ask(claimAddress, body)
      return accepted()
    },
  }),
  route({
    method: 'POST',
    path: '/address-confirmations',
    access: 'public',
    tag,
    summary: 'Confirm a sender address with the link that was mailed to it',
    body: Type.Object({ token: Type.String({ maxLength: 500 }) }, { additionalProperties: false }),
    answers: { 200: confirmAddress.output },
    refuses: { 409: 'The address is registered', 410: 'The link has been used, or is over' },
    handle: async ({ ask, body, clientAddress }) =>
      ok(await ask(confirmAddress, { token: body.token, clientAddress })),
  }),
]
