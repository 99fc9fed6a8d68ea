/** Service time logged under a ticket's number, and the contract that prices it. */
import {
  changePrestation,
  Contract,
  getContract,
  listPacks,
  listPrestations,
  logPrestation,
  Pack,
  Prestation,
  putContract,
  removePrestation,
  sellPack,
  withdrawPack,
} from '@guichet/contracts/billing'
import { getTimeBalance, listAgentPrestations, previewPrestation } from '@guichet/contracts/service-time'
import { holdPrestation, listUnbilled, releasePrestation } from '@guichet/contracts/unbilled-work'
import { PageQuery } from '@guichet/contracts/values/paging'
import { CalendarDate, Id, TicketNumber } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { API, created, done, ok } from './replies.ts'

const { validFrom, terms } = putContract.input.properties
const ContractBody = Type.Object({ validFrom, ...terms.properties }, { additionalProperties: false })
const OfTicket = Type.Object({ number: TicketNumber })
const OneOfTicket = Type.Object({ number: TicketNumber, id: Id })
const OfCompany = Type.Object({ id: Id })
const Page = Type.Object({ ...PageQuery })

export const prestationRoutes = [
  route({
    method: 'GET',
    path: '/tickets/:number/prestations',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'Time logged on a ticket',
    params: OfTicket,
    query: Page,
    answers: { 200: listPrestations.output },
    handle: async ({ ask, params, query }) =>
      ok(await ask(listPrestations, { ticket: params.number, ...query })),
  }),
  route({
    method: 'POST',
    path: '/tickets/:number/prestation-previews',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'What time would cost and why, before it is saved; nothing is kept',
    params: OfTicket,
    body: previewPrestation.input.properties.prestation,
    answers: { 200: previewPrestation.output },
    refuses: { 409: 'The ticket belongs to no client' },
    handle: async ({ ask, params, body }) =>
      ok(await ask(previewPrestation, { ticket: params.number, prestation: body })),
  }),
  route({
    method: 'GET',
    path: '/prestations',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'An agent’s own days; anybody’s for finance',
    query: listAgentPrestations.input,
    answers: { 200: listAgentPrestations.output },
    handle: async ({ ask, query }) => ok(await ask(listAgentPrestations, query)),
  }),
  route({
    method: 'GET',
    path: '/time-balance',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'A month’s minutes by state: every one in exactly one',
    query: getTimeBalance.input,
    answers: { 200: getTimeBalance.output },
    handle: async ({ ask, query }) => ok(await ask(getTimeBalance, query)),
  }),
  route({
    method: 'POST',
    path: '/tickets/:number/prestations',
    access: 'signed-in',
    creates: true,
    tag: 'Prestations',
    summary: 'Log time, kilometres or pieces',
    params: OfTicket,
    body: logPrestation.input.properties.prestation,
    answers: { 201: Prestation },
    refuses: { 409: 'The ticket belongs to no client' },
    handle: async ({ ask, params, body, idempotencyKey }) => {
      const logged = await ask(logPrestation, { ticket: params.number, prestation: body, idempotencyKey })
      return created(logged, `${API}/tickets/${params.number}/prestations/${logged.id}`)
    },
  }),
  route({
    method: 'PATCH',
    path: '/tickets/:number/prestations/:id',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'Correct a prestation that is not invoiced yet',
    params: OneOfTicket,
    body: changePrestation.input.properties.changes,
    answers: { 200: Prestation },
    refuses: { 409: 'On an invoice or a draft: `code` says which' },
    handle: async ({ ask, params, body }) =>
      ok(await ask(changePrestation, { ticket: params.number, id: params.id, changes: body })),
  }),
  route({
    method: 'DELETE',
    path: '/tickets/:number/prestations/:id',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'Remove a prestation that is not invoiced yet',
    params: OneOfTicket,
    answers: { 204: null },
    refuses: { 409: 'On an invoice or a draft: `code` says which' },
    handle: async ({ ask, params }) => {
      await ask(removePrestation, { ticket: params.number, id: params.id })
      return done()
    },
  }),
  route({
    method: 'POST',
    path: '/tickets/:number/prestations/:id/hold',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'Keep a prestation from the next runs, with a reason',
    params: OneOfTicket,
    body: Type.Object({ reason: holdPrestation.input.properties.reason }, { additionalProperties: false }),
    answers: { 200: Prestation },
    refuses: { 409: 'On an invoice or a draft, or not billable: `code` says which' },
    handle: async ({ ask, params, body }) =>
      ok(await ask(holdPrestation, { ticket: params.number, id: params.id, reason: body.reason })),
  }),
  route({
    method: 'POST',
    path: '/tickets/:number/prestations/:id/release',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'Let the next run take it again',
    params: OneOfTicket,
    answers: { 200: Prestation },
    refuses: { 409: 'On an invoice or a draft: `code` says which' },
    handle: async ({ ask, params }) =>
      ok(await ask(releasePrestation, { ticket: params.number, id: params.id })),
  }),
  route({
    method: 'GET',
    path: '/unbilled',
    access: 'signed-in',
    tag: 'Prestations',
    summary: 'Work up to a day that no draft and no invoice names, by client, the longest waiting first',
    query: Type.Object({ until: CalendarDate, company: Type.Optional(Id) }),
    answers: { 200: listUnbilled.output },
    handle: async ({ ask, query }) =>
      ok(await ask(listUnbilled, { until: query.until, companyId: query.company })),
  }),
  route({
    method: 'GET',
    path: '/companies/:id/contract',
    access: 'signed-in',
    tag: 'Contracts',
    summary: 'Rates, rounding and terms of a company',
    params: OfCompany,
    answers: { 200: Contract },
    handle: async ({ ask, params }) => ok(await ask(getContract, { companyId: params.id })),
  }),
  route({
    method: 'PUT',
    path: '/companies/:id/contract',
    access: 'signed-in',
    tag: 'Contracts',
    summary: 'Set the contract',
    params: OfCompany,
    body: ContractBody,
    answers: { 200: Contract },
    handle: async ({ ask, params, body: { validFrom, ...terms } }) =>
      ok(await ask(putContract, { companyId: params.id, validFrom, terms })),
  }),
  route({
    method: 'GET',
    path: '/companies/:id/packs',
    access: 'signed-in',
    tag: 'Contracts',
    summary: 'Prepaid packs with their balance',
    params: OfCompany,
    query: Page,
    answers: { 200: listPacks.output },
    handle: async ({ ask, params, query }) => ok(await ask(listPacks, { companyId: params.id, ...query })),
  }),
  route({
    method: 'POST',
    path: '/companies/:id/packs',
    access: 'signed-in',
    creates: true,
    tag: 'Contracts',
    summary: 'Sell a prepaid pack; a draft invoice for it is made',
    params: OfCompany,
    body: sellPack.input.properties.pack,
    answers: { 201: Pack },
    handle: async ({ ask, params, body, idempotencyKey }) => {
      const pack = await ask(sellPack, { companyId: params.id, pack: body, idempotencyKey })
      return created(pack, `${API}/companies/${params.id}/packs`)
    },
  }),
  route({
    method: 'DELETE',
    path: '/companies/:id/packs/:pack',
    access: 'signed-in',
    tag: 'Contracts',
    summary: 'Withdraw prepaid hours that were taken over by mistake',
    params: Type.Object({ id: Id, pack: Id }),
    answers: { 204: null },
    refuses: { 409: 'Some of it is used, or it was sold here' },
    handle: async ({ ask, params }) => {
      await ask(withdrawPack, { companyId: params.id, id: params.pack })
      return { status: 204 as const }
    },
  }),
]
