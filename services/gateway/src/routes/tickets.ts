/** Tickets: what a customer and an agent do with them. */
import {
  acceptTicket,
  assignTicket,
  CannedReply,
  changeTicket,
  closeTicket,
  countQueue,
  getPriorities,
  getTicket,
  getTimeline,
  listCannedReplies,
  listTickets,
  mergeTicket,
  MessageEntry,
  openAttachment,
  openTicket,
  postMessage,
  putCannedReply,
  putPriorities,
  removeCannedReply,
  reopenTicket,
  resumeTicket,
  showPresence,
  TicketDetail,
  TicketSummary,
  waitTicket,
} from '@guichet/contracts/ticket'
import {
  listSavedFilters,
  removeSavedFilter,
  SavedFilter,
  saveFilter,
} from '@guichet/contracts/saved-filters'
import { Id, Nullable, TicketNumber } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { API, created, ok } from './replies.ts'

const ByNumber = Type.Object({ number: TicketNumber })
const tag = 'Tickets'
const { subject, description, priority, requesterId, via } = openTicket.input.properties
const { text, internal, afterwards, seen } = postMessage.input.properties

const steps = {
  accept: { contract: acceptTicket, summary: 'Support accepts the ticket: new → open' },
  wait: { contract: waitTicket, summary: 'In treatment: open → waiting' },
  resume: { contract: resumeTicket, summary: 'Back to open' },
  close: { contract: closeTicket, summary: 'Close' },
  reopen: { contract: reopenTicket, summary: 'Reopen a closed ticket' },
} as const

export const ticketRoutes = [
  route({
    method: 'POST',
    path: '/tickets',
    access: 'signed-in',
    creates: true,
    files: true,
    tag,
    summary: 'Open a ticket, with files as multipart/form-data',
    body: Type.Object({ subject, description, priority, requesterId, via }, { additionalProperties: false }),
    answers: { 201: TicketSummary },
    handle: async ({ ask, body, files, idempotencyKey }) => {
      const ticket = await ask(openTicket, { ...body, attachments: files, idempotencyKey })
      return created(ticket, `${API}/tickets/${ticket.number}`)
    },
  }),
  route({
    method: 'GET',
    path: '/tickets',
    access: 'signed-in',
    tag,
    summary: 'Tickets the caller may see, newest first',
    query: listTickets.input,
    answers: { 200: listTickets.output },
    handle: async ({ ask, query }) => ok(await ask(listTickets, query)),
  }),
  route({
    method: 'GET',
    path: '/queue',
    access: 'signed-in',
    tag,
    summary: 'How many tickets are in each part of the queue of staff',
    answers: { 200: countQueue.output },
    handle: async ({ ask }) => ok(await ask(countQueue, {})),
  }),
  route({
    method: 'GET',
    path: '/tickets/:number',
    access: 'signed-in',
    tag,
    summary: 'One ticket with its timeline, oldest first',
    params: ByNumber,
    answers: { 200: TicketDetail },
    handle: async ({ ask, params }) => ok(await ask(getTicket, params)),
  }),
  route({
    method: 'GET',
    path: '/tickets/:number/timeline',
    access: 'signed-in',
    tag,
    summary: 'What happened after an entry',
    params: ByNumber,
    query: Type.Object({ after: getTimeline.input.properties.after }),
    answers: { 200: getTimeline.output },
    handle: async ({ ask, params, query }) => ok(await ask(getTimeline, { ...params, ...query })),
  }),
  route({
    method: 'PATCH',
    path: '/tickets/:number',
    access: 'signed-in',
    tag,
    summary: 'Change priority or subject',
    params: ByNumber,
    body: changeTicket.input.properties.changes,
    answers: { 200: TicketSummary },
    refuses: { 409: 'The status forbids it: `code` says why' },
    handle: async ({ ask, params, body }) =>
      ok(await ask(changeTicket, { number: params.number, changes: body })),
  }),
  route({
    method: 'POST',
    path: '/tickets/:number/messages',
    access: 'signed-in',
    creates: true,
    files: true,
    tag,
    summary: 'Answer, or leave an internal note; `afterwards` takes the step in the same commit',
    params: ByNumber,
    body: Type.Object({ text, internal, afterwards, seen }, { additionalProperties: false }),
    answers: { 201: MessageEntry },
    refuses: { 409: 'The status forbids it, or a newer message than `seen` came in: `code` says why' },
    handle: async ({ ask, params, body, files, idempotencyKey }) => {
      const message = await ask(postMessage, { ...params, ...body, attachments: files, idempotencyKey })
      return created(message, `${API}/tickets/${params.number}/timeline`)
    },
  }),
  ...Object.entries(steps).map(([step, { contract, summary }]) =>
    route({
      method: 'POST',
      path: `/tickets/:number/${step}`,
      access: 'signed-in',
      tag,
      summary,
      params: ByNumber,
      answers: { 200: TicketSummary },
      refuses: { 409: 'The status forbids it: `code` says why' },
      handle: async ({ ask, params }) => ok(await ask(contract, params)),
    }),
  ),
  route({
    method: 'POST',
    path: '/tickets/:number/assign',
    access: 'signed-in',
    tag,
    summary: 'Assign to an agent, or to nobody',
    params: ByNumber,
    body: Type.Object({ accountId: Nullable(Id) }, { additionalProperties: false }),
    answers: { 200: TicketSummary },
    refuses: { 409: 'The status forbids it: `code` says why' },
    handle: async ({ ask, params, body }) => ok(await ask(assignTicket, { ...params, ...body })),
  }),
  route({
    method: 'POST',
    path: '/tickets/:number/merge',
    access: 'signed-in',
    tag,
    summary: 'Merge into another ticket of the same company',
    params: ByNumber,
    body: Type.Object({ into: TicketNumber }, { additionalProperties: false }),
    answers: { 200: TicketSummary },
    refuses: { 409: 'The status forbids it: `code` says why' },
    handle: async ({ ask, params, body }) => ok(await ask(mergeTicket, { ...params, ...body })),
  }),
  route({
    method: 'POST',
    path: '/tickets/:number/presence',
    access: 'signed-in',
    tag,
    summary: 'Staff: say that one has it before one, or is answering',
    params: ByNumber,
    body: Type.Object({ doing: showPresence.input.properties.doing }, { additionalProperties: false }),
    answers: { 204: null },
    handle: async ({ ask, params, body }) => {
      await ask(showPresence, { ...params, ...body })
      return { status: 204 as const }
    },
  }),
  route({
    method: 'GET',
    path: '/attachments/:id',
    access: 'signed-in',
    tag,
    summary: 'A file of a ticket, as a download',
    params: Type.Object({ id: Id }),
    answers: { 200: 'file' },
    handle: async ({ ask, params }) => ({ status: 200, download: await ask(openAttachment, params) }),
  }),
  route({
    method: 'GET',
    path: '/me/filters',
    access: 'signed-in',
    tag: 'Own account',
    summary: 'The lists of tickets that one comes back to; staff',
    answers: { 200: listSavedFilters.output },
    handle: async ({ ask }) => ok(await ask(listSavedFilters, {})),
  }),
  route({
    method: 'POST',
    path: '/me/filters',
    access: 'signed-in',
    tag: 'Own account',
    summary: 'Keep a list of tickets by a name; one of the same name is replaced',
    body: saveFilter.input,
    answers: { 200: SavedFilter },
    refuses: { 409: 'There are fifty already', 422: 'It filters nothing' },
    handle: async ({ ask, body }) => ok(await ask(saveFilter, body)),
  }),
  route({
    method: 'DELETE',
    path: '/me/filters/:id',
    access: 'signed-in',
    tag: 'Own account',
    summary: 'Keep it no longer',
    params: Type.Object({ id: Id }),
    answers: { 204: null },
    handle: async ({ ask, params }) => {
      await ask(removeSavedFilter, params)
      return { status: 204 as const }
    },
  }),
  route({
    method: 'GET',
    path: '/settings/replies',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'What support writes often',
    answers: { 200: listCannedReplies.output },
    handle: async ({ ask }) => ok(await ask(listCannedReplies, {})),
  }),
  route({
    method: 'POST',
    path: '/settings/replies',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'A canned reply, or the one of this id anew',
    body: Type.Object(putCannedReply.input.properties, { additionalProperties: false }),
    answers: { 200: CannedReply },
    handle: async ({ ask, body }) => ok(await ask(putCannedReply, body)),
  }),
  route({
    method: 'DELETE',
    path: '/settings/replies/:id',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Remove a canned reply',
    params: Type.Object({ id: Id }),
    answers: { 204: null },
    handle: async ({ ask, params }) => {
      await ask(removeCannedReply, params)
      return { status: 204 as const }
    },
  }),
  route({
    method: 'GET',
    path: '/settings/priorities',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'What each priority means',
    answers: { 200: getPriorities.output },
    handle: async ({ ask }) => ok(await ask(getPriorities, {})),
  }),
  route({
    method: 'PUT',
    path: '/settings/priorities',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Set what each priority means, in three languages',
    body: putPriorities.input.properties.priorities,
    answers: { 200: putPriorities.output },
    handle: async ({ ask, body }) => ok(await ask(putPriorities, { priorities: body })),
  }),
]
