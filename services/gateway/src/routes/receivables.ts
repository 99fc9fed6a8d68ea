/** What clients owe, what the accountant takes away, what a client asks about a line. */
import {
  exportInvoices,
  OpeningInvoice,
  takeOverInvoice,
  withdrawInvoice,
  getReminderSettings,
  listReceivables,
  pauseReminders,
  phraseQuestion,
  putReminderSettings,
  Receivable,
  remindOfInvoice,
  ReminderSettings,
  verifyDocuments,
} from '@guichet/contracts/receivables'
import { exportReport, getAgeing, getRevenue } from '@guichet/contracts/reports'
import { takeOverInvoices, takeOverPacks } from '@guichet/contracts/take-over'
import { openTicket, TicketSummary } from '@guichet/contracts/ticket'
import { Id } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { API, created, ok } from './replies.ts'
import { TableBody, tableIn } from './tables.ts'

const ById = Type.Object({ id: Id })
const { level } = remindOfInvoice.input.properties
const { paused } = pauseReminders.input.properties
const { line, text } = phraseQuestion.input.properties

/** The number, or the client and its reference, is the key of a line: there is no need of another. */
const tableRoute = (path: string, contract: typeof takeOverInvoices | typeof takeOverPacks, what: string) =>
  route({
    method: 'POST',
    path,
    access: 'signed-in',
    files: true,
    tag: 'Invoices',
    summary: `${what} from a CSV file; without \`commit\` it is only looked over`,
    body: TableBody,
    answers: { 200: contract.output },
    refuses: {
      409: 'The seller is not complete: `detail` says what is missing',
      413: 'Over 1 MiB or 1,000 lines',
      422: 'No file, no readable table, or a column is missing',
    },
    handle: async ({ ask, body, files, language }) => {
      return ok(await ask(contract, tableIn({ body, files, language })))
    },
  })

export const receivableRoutes = [
  route({
    method: 'GET',
    path: '/receivables',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Issued and not paid, the one due first before the others',
    query: listReceivables.input,
    answers: { 200: listReceivables.output },
    handle: async ({ ask, query }) => ok(await ask(listReceivables, query)),
  }),
  route({
    method: 'POST',
    path: '/invoices/:id/reminders',
    access: 'signed-in',
    tag: 'Invoices',
    summary:
      'Remind the client’s billing contacts by mail; the next level where none is named, once a day at most',
    params: ById,
    body: Type.Object({ level }, { additionalProperties: false }),
    answers: { 200: Receivable },
    refuses: { 409: 'Not late, reminded today, or no level is left: `code` says which' },
    handle: async ({ ask, params, body }) => ok(await ask(remindOfInvoice, { ...params, ...body })),
  }),
  route({
    method: 'PATCH',
    path: '/invoices/:id/reminders',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Pause the reminders of one invoice, or let them go on',
    params: ById,
    body: Type.Object({ paused }, { additionalProperties: false }),
    answers: { 200: Receivable },
    refuses: { 409: 'Not in this state: `code` says why' },
    handle: async ({ ask, params, body }) => ok(await ask(pauseReminders, { ...params, ...body })),
  }),
  route({
    method: 'GET',
    path: '/settings/reminders',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Whether reminders go by themselves, and after how many days',
    answers: { 200: ReminderSettings },
    handle: async ({ ask }) => ok(await ask(getReminderSettings, {})),
  }),
  route({
    method: 'PUT',
    path: '/settings/reminders',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Let reminders go by themselves, and after how many days',
    body: ReminderSettings,
    answers: { 200: ReminderSettings },
    handle: async ({ ask, body }) => ok(await ask(putReminderSettings, { settings: body })),
  }),
  route({
    method: 'POST',
    path: '/companies/:id/opening-invoices',
    access: 'signed-in',
    creates: true,
    tag: 'Invoices',
    summary:
      'Take over an invoice that another system issued and that is still to be paid; its number is its key',
    params: Type.Object({ id: Id }),
    body: OpeningInvoice,
    answers: { 201: Receivable },
    refuses: { 409: 'The number is that of another invoice, client or amount' },
    handle: async ({ ask, params, body }) => {
      const taken = await ask(takeOverInvoice, { companyId: params.id, invoice: body })
      return created(taken, `${API}/invoices/${taken.invoiceId}`)
    },
  }),
  tableRoute('/opening-invoice-imports', takeOverInvoices, 'Open invoices of another system'),
  tableRoute('/opening-pack-imports', takeOverPacks, 'Prepaid hours of another system'),
  route({
    method: 'DELETE',
    path: '/opening-invoices/:id',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Withdraw one that was taken over by mistake',
    params: Type.Object({ id: Id }),
    answers: { 204: null },
    refuses: { 409: 'It was issued here, or a payment or reminder was noted' },
    handle: async ({ ask, params }) => {
      await ask(withdrawInvoice, { id: params.id })
      return { status: 204 as const }
    },
  }),
  route({
    method: 'GET',
    path: '/reports/revenue',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'What was issued, excl. VAT: by month, client, source and agent; finance',
    query: getRevenue.input,
    answers: { 200: getRevenue.output },
    handle: async ({ ask, query }) => ok(await ask(getRevenue, query)),
  }),
  route({
    method: 'GET',
    path: '/reports/ageing',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'What is owed, by how late it is; finance',
    answers: { 200: getAgeing.output },
    handle: async ({ ask }) => ok(await ask(getAgeing, {})),
  }),
  route({
    method: 'GET',
    path: '/reports/export',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'A table of the reports as CSV',
    query: exportReport.input,
    answers: { 200: 'file' },
    handle: async ({ ask, query }) => ({ status: 200, download: await ask(exportReport, query) }),
  }),
  route({
    method: 'GET',
    path: '/invoice-exports',
    access: 'signed-in',
    tag: 'Invoices',
    summary:
      'For the accountant: what was issued in a period, as a table (csv) or as a zip of the files (ubl, pdf)',
    query: exportInvoices.input,
    answers: { 200: 'file' },
    handle: async ({ ask, query }) => ({ status: 200, download: await ask(exportInvoices, query) }),
  }),
  route({
    method: 'GET',
    path: '/invoice-verification',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'One page of all issued documents, read and their hashes compared: what is not as it was issued',
    query: verifyDocuments.input,
    answers: { 200: verifyDocuments.output },
    handle: async ({ ask, query }) => ok(await ask(verifyDocuments, query)),
  }),
  route({
    method: 'POST',
    path: '/invoices/:id/questions',
    access: 'signed-in',
    creates: true,
    tag: 'Invoices',
    summary: 'Ask about a line: opens a ticket about it; for the client’s billing contacts',
    params: ById,
    body: Type.Object({ line, text }, { additionalProperties: false }),
    answers: { 201: TicketSummary },
    handle: async ({ ask, params, body, idempotencyKey }) => {
      const question = await ask(phraseQuestion, { ...params, ...body })
      const ticket = await ask(openTicket, { ...question, idempotencyKey })
      return created(ticket, `${API}/tickets/${ticket.number}`)
    },
  }),
]
