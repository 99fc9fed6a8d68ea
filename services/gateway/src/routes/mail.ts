/** The mail ledger: where every received mail ended, and what staff can do about it. */
import {
  dropMail,
  getRawMail,
  LedgerFilter,
  LedgerRow,
  listLedger,
  listOutbox,
  openTicketFromMail,
  replayMail,
  replaySender,
  OutgoingMail,
  resendMail,
} from '@guichet/contracts/mail'
import { PageQuery } from '@guichet/contracts/values/paging'
import { Id } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { ok } from './replies.ts'

const ById = Type.Object({ id: Id })
const tag = 'Mail'

export const mailRoutes = [
  route({
    method: 'GET',
    path: '/mail/ledger',
    access: 'signed-in',
    tag,
    summary: 'Every received mail with its outcome, and the balance',
    query: Type.Object({
      outcome: listLedger.input.properties.outcome,
      ...LedgerFilter.properties,
      ...PageQuery,
    }),
    answers: { 200: listLedger.output },
    handle: async ({ ask, query, language }) => ok(await ask(listLedger, { ...query, language })),
  }),
  route({
    method: 'GET',
    path: '/mail/quarantine',
    access: 'signed-in',
    tag,
    summary: 'Mails that wait for a person',
    query: Type.Object({ ...LedgerFilter.properties, ...PageQuery }),
    answers: { 200: listLedger.output },
    handle: async ({ ask, query, language }) =>
      ok(await ask(listLedger, { ...query, language, outcome: 'quarantined' })),
  }),
  route({
    method: 'GET',
    path: '/mail/outbox',
    access: 'signed-in',
    tag,
    summary: 'Outgoing mails with their state',
    query: listOutbox.input,
    answers: { 200: listOutbox.output },
    handle: async ({ ask, query }) => ok(await ask(listOutbox, query)),
  }),
  route({
    method: 'GET',
    path: '/mail/:id/raw',
    access: 'signed-in',
    tag,
    summary: 'The mail as it came, byte for byte',
    params: ById,
    answers: { 200: 'file' },
    handle: async ({ ask, params }) => {
      const { blobId, size } = await ask(getRawMail, params)
      return { status: 200, download: { blobId, size, name: `${params.id}.eml`, type: 'message/rfc822' } }
    },
  }),
  route({
    method: 'POST',
    path: '/mail/outbox/:id/resend',
    access: 'signed-in',
    tag,
    summary: 'Send a mail again that failed or was held back',
    params: ById,
    answers: { 200: OutgoingMail },
    refuses: { 409: 'It has left, or is on its way' },
    handle: async ({ ask, params }) => ok(await ask(resendMail, params)),
  }),
  route({
    method: 'POST',
    path: '/mail/replays',
    access: 'signed-in',
    tag,
    summary: 'Decide all quarantined mails of a sender again, oldest first',
    body: Type.Object({ address: replaySender.input.properties.address }, { additionalProperties: false }),
    answers: { 200: replaySender.output },
    handle: async ({ ask, body, language }) => ok(await ask(replaySender, { ...body, language })),
  }),
  route({
    method: 'POST',
    path: '/mail/:id/replay',
    access: 'signed-in',
    tag,
    summary: 'Decide the mail again, as if it came now',
    params: ById,
    answers: { 200: LedgerRow },
    handle: async ({ ask, params, language }) => ok(await ask(replayMail, { ...params, language })),
  }),
  route({
    method: 'POST',
    path: '/mail/:id/ticket',
    access: 'signed-in',
    tag,
    summary: 'Open a ticket from it, on behalf of a customer',
    params: ById,
    body: Type.Object({ requesterId: Type.Optional(Id) }, { additionalProperties: false }),
    answers: { 200: LedgerRow },
    refuses: { 409: 'The mail has become a ticket', 422: 'Nobody is known to open it for' },
    handle: async ({ ask, params, body, language }) =>
      ok(await ask(openTicketFromMail, { ...params, ...body, language })),
  }),
  route({
    method: 'POST',
    path: '/mail/:id/drop',
    access: 'signed-in',
    tag,
    summary: 'Drop it; the raw mail stays readable',
    params: ById,
    answers: { 200: LedgerRow },
    refuses: { 409: 'The mail has become a ticket' },
    handle: async ({ ask, params, language }) => ok(await ask(dropMail, { ...params, language })),
  }),
]
