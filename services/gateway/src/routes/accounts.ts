/** Companies, the people in them, the addresses they write from, and tokens for programs. */
import {
  Account,
  addAddress,
  ApiToken,
  changeAccount,
  changeCompany,
  Company,
  CompanyInput,
  createApiToken,
  getAccount,
  getCompany,
  inviteAccount,
  listAccounts,
  listAddresses,
  listApiTokens,
  listCompanies,
  registerCompany,
  removeAddress,
  resendInvitation,
  revokeApiToken,
} from '@guichet/contracts/identity'
import { importClients } from '@guichet/contracts/client-import'
import { PageQuery } from '@guichet/contracts/values/paging'
import { EmailAddress, Id } from '@guichet/contracts/values/scalars'
import { Failure } from '@guichet/contracts/failure'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { API, created, done, ok } from './replies.ts'
import { TableBody, tableIn } from './tables.ts'

const ById = Type.Object({ id: Id })
const Page = Type.Object({ ...PageQuery })
const { email, name, roles, language } = inviteAccount.input.properties
const Invitation = Type.Object({ email, name, roles, language }, { additionalProperties: false })
const { name: tokenName, roles: tokenRoles, expiresAt } = createApiToken.input.properties

export const accountRoutes = [
  route({
    method: 'POST',
    path: '/client-imports',
    access: 'signed-in',
    files: true,
    tag: 'Companies',
    summary: 'Clients and people from a CSV file; without `commit` it is only looked over',
    body: TableBody,
    answers: { 200: importClients.output },
    refuses: { 413: 'Over 1 MiB or 5,000 lines', 422: 'No file, no readable table, or a column is missing' },
    handle: async ({ ask, ...call }) => ok(await ask(importClients, tableIn(call))),
  }),
  route({
    method: 'GET',
    path: '/me',
    access: 'signed-in',
    tag: 'Session',
    summary: 'Who is signed in',
    answers: { 200: Account },
    handle: async ({ ask, actor }) => {
      if (!actor) throw new Failure('unauthenticated')
      return ok(await ask(getAccount, { id: actor.accountId }))
    },
  }),
  route({
    method: 'POST',
    path: '/tokens',
    access: 'signed-in',
    creates: true,
    tag: 'Tokens',
    summary: 'A token for a program; it is told once',
    body: Type.Object({ name: tokenName, roles: tokenRoles, expiresAt }, { additionalProperties: false }),
    answers: { 201: createApiToken.output },
    handle: async ({ ask, body, idempotencyKey }) => {
      const token = await ask(createApiToken, { ...body, idempotencyKey })
      return created(token, `${API}/tokens/${token.id}`)
    },
  }),
  route({
    method: 'GET',
    path: '/tokens',
    access: 'signed-in',
    tag: 'Tokens',
    summary: 'Tokens in use',
    query: Page,
    answers: { 200: listApiTokens.output },
    handle: async ({ ask, query }) => ok(await ask(listApiTokens, query)),
  }),
  route({
    method: 'DELETE',
    path: '/tokens/:id',
    access: 'signed-in',
    tag: 'Tokens',
    summary: 'Revoke a token, at once',
    params: Type.Object({ id: ApiToken.properties.id }),
    answers: { 204: null },
    handle: async ({ ask, params }) => {
      await ask(revokeApiToken, params)
      return done()
    },
  }),
  route({
    method: 'GET',
    path: '/companies',
    access: 'signed-in',
    tag: 'Companies',
    summary: 'Companies that the caller may see; staff find them by `q`',
    query: Type.Object({ ...PageQuery, q: listCompanies.input.properties.q }),
    answers: { 200: listCompanies.output },
    handle: async ({ ask, query }) => ok(await ask(listCompanies, query)),
  }),
  route({
    method: 'POST',
    path: '/companies',
    access: 'signed-in',
    creates: true,
    tag: 'Companies',
    summary: 'Register a company',
    body: CompanyInput,
    answers: { 201: Company },
    handle: async ({ ask, body, idempotencyKey }) => {
      const company = await ask(registerCompany, { company: body, idempotencyKey })
      return created(company, `${API}/companies/${company.id}`)
    },
  }),
  route({
    method: 'GET',
    path: '/companies/:id',
    access: 'signed-in',
    tag: 'Companies',
    summary: 'One company',
    params: ById,
    answers: { 200: Company },
    handle: async ({ ask, params }) => ok(await ask(getCompany, params)),
  }),
  route({
    method: 'PATCH',
    path: '/companies/:id',
    access: 'signed-in',
    tag: 'Companies',
    summary: 'Change a company',
    params: ById,
    body: changeCompany.input.properties.changes,
    answers: { 200: Company },
    handle: async ({ ask, params, body }) => ok(await ask(changeCompany, { id: params.id, changes: body })),
  }),
  route({
    method: 'GET',
    path: '/companies/:id/accounts',
    access: 'signed-in',
    tag: 'Accounts',
    summary: 'People of a company',
    params: ById,
    query: Page,
    answers: { 200: listAccounts.output },
    handle: async ({ ask, params, query }) => ok(await ask(listAccounts, { companyId: params.id, ...query })),
  }),
  route({
    method: 'POST',
    path: '/companies/:id/accounts',
    access: 'signed-in',
    creates: true,
    tag: 'Accounts',
    summary: 'Register a person; the welcome mail goes out',
    params: ById,
    body: Invitation,
    answers: { 201: Account },
    refuses: { 409: 'The address is registered' },
    handle: async ({ ask, params, body, idempotencyKey }) => {
      const account = await ask(inviteAccount, { companyId: params.id, ...body, idempotencyKey })
      return created(account, `${API}/accounts/${account.id}`)
    },
  }),
  route({
    method: 'GET',
    path: '/accounts',
    access: 'signed-in',
    tag: 'Accounts',
    summary: 'Staff of the house',
    query: Page,
    answers: { 200: listAccounts.output },
    handle: async ({ ask, query }) => ok(await ask(listAccounts, { companyId: null, ...query })),
  }),
  route({
    method: 'POST',
    path: '/accounts',
    access: 'signed-in',
    creates: true,
    tag: 'Accounts',
    summary: 'Register a member of staff',
    body: Invitation,
    answers: { 201: Account },
    refuses: { 409: 'The address is registered' },
    handle: async ({ ask, body, idempotencyKey }) => {
      const account = await ask(inviteAccount, { companyId: null, ...body, idempotencyKey })
      return created(account, `${API}/accounts/${account.id}`)
    },
  }),
  route({
    method: 'GET',
    path: '/accounts/:id',
    access: 'signed-in',
    tag: 'Accounts',
    summary: 'One account',
    params: ById,
    answers: { 200: Account },
    handle: async ({ ask, params }) => ok(await ask(getAccount, params)),
  }),
  route({
    method: 'PATCH',
    path: '/accounts/:id',
    access: 'signed-in',
    tag: 'Accounts',
    summary: 'Change status, roles, name or language',
    params: ById,
    body: changeAccount.input.properties.changes,
    answers: { 200: Account },
    refuses: { 409: 'The last administrator' },
    handle: async ({ ask, params, body }) => ok(await ask(changeAccount, { id: params.id, changes: body })),
  }),
  route({
    method: 'POST',
    path: '/accounts/:id/invitation',
    access: 'signed-in',
    tag: 'Accounts',
    summary: 'Send the welcome mail again; the older link ends',
    params: ById,
    answers: { 200: Account },
    refuses: { 409: 'Already activated' },
    handle: async ({ ask, params }) => ok(await ask(resendInvitation, params)),
  }),
  route({
    method: 'GET',
    path: '/accounts/:id/addresses',
    access: 'signed-in',
    tag: 'Accounts',
    summary: 'Addresses the person writes from',
    params: ById,
    answers: { 200: listAddresses.output },
    handle: async ({ ask, params }) => ok(await ask(listAddresses, { accountId: params.id })),
  }),
  route({
    method: 'POST',
    path: '/accounts/:id/addresses',
    access: 'signed-in',
    creates: true,
    tag: 'Accounts',
    summary: 'Register another sender address',
    params: ById,
    body: Type.Object({ address: EmailAddress }, { additionalProperties: false }),
    answers: { 201: addAddress.output },
    refuses: { 409: 'The address is registered' },
    handle: async ({ ask, params, body }) => {
      const added = await ask(addAddress, { accountId: params.id, address: body.address })
      return created(added, `${API}/accounts/${params.id}/addresses/${encodeURIComponent(added.address)}`)
    },
  }),
  route({
    method: 'DELETE',
    path: '/accounts/:id/addresses/:address',
    access: 'signed-in',
    tag: 'Accounts',
    summary: 'Mail from this address no longer opens tickets',
    params: Type.Object({ id: Id, address: EmailAddress }),
    answers: { 204: null },
    refuses: { 409: 'The account’s own address' },
    handle: async ({ ask, params }) => {
      await ask(removeAddress, { accountId: params.id, address: params.address })
      return done()
    },
  }),
]
