/** From the month's prestations to paid invoices. */
import {
  changeDraft,
  creditInvoice,
  discardDraft,
  draftInvoice,
  getInvoice,
  getInvoiceDocument,
  getInvoiceRun,
  getSeller,
  getSeries,
  Invoice,
  InvoiceRun,
  issueInvoice,
  listInvoices,
  putSeller,
  putSeries,
  recordPayment,
  runInvoices,
  Seller,
  SellerInput,
  SeriesSettings,
} from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { getLogo, Logo, putLogo } from '@guichet/contracts/letterhead'
import { foreseeInvoice } from '@guichet/contracts/unbilled-work'
import { Nullable, Id } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { API, created, done, ok } from './replies.ts'

/** The id of a draft, the number of an issued one. */
const ById = Type.Object({ id: Id })
const { from, to, companyId } = runInvoices.input.properties
/** The blob's id never leaves the house. */
const ShownLogo = Type.Omit(Logo, ['blobId'])
const documents = {
  pdf: 'The PDF as issued: the same bytes for ever',
  ubl: 'The UBL (Peppol BIS 3.0) as issued: the same bytes for ever',
} as const

export const invoiceRoutes = [
  route({
    method: 'POST',
    path: '/invoice-runs',
    access: 'signed-in',
    creates: true,
    tag: 'Invoices',
    summary: 'Make drafts of what was worked and not invoiced yet, one per company',
    body: Type.Object({ from, to, companyId }, { additionalProperties: false }),
    answers: { 201: InvoiceRun },
    handle: async ({ ask, body, idempotencyKey }) => {
      const run = await ask(runInvoices, { ...body, idempotencyKey })
      return created(run, `${API}/invoice-runs/${run.id}`)
    },
  }),
  route({
    method: 'GET',
    path: '/invoice-runs/:id',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'An invoice run with its drafts and what was skipped',
    params: ById,
    answers: { 200: InvoiceRun },
    handle: async ({ ask, params }) => ok(await ask(getInvoiceRun, params)),
  }),
  route({
    method: 'GET',
    path: '/invoices',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Invoices, newest first; customers with the billing role: their company’s issued ones',
    query: listInvoices.input,
    answers: { 200: listInvoices.output },
    handle: async ({ ask, query }) => ok(await ask(listInvoices, query)),
  }),
  route({
    method: 'GET',
    path: '/companies/:id/next-invoice',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'What an invoice of today would hold; also for the client’s billing contacts',
    params: ById,
    answers: { 200: foreseeInvoice.output },
    handle: async ({ ask, params }) => ok(await ask(foreseeInvoice, { companyId: params.id })),
  }),
  route({
    method: 'POST',
    path: '/invoices',
    access: 'signed-in',
    creates: true,
    tag: 'Invoices',
    summary: 'A draft with hand-made lines',
    body: draftInvoice.input.properties.invoice,
    answers: { 201: Invoice },
    handle: async ({ ask, body, idempotencyKey }) => {
      const draft = await ask(draftInvoice, { invoice: body, idempotencyKey })
      return created(draft, `${API}/invoices/${draft.id}`)
    },
  }),
  route({
    method: 'GET',
    path: '/invoices/:id',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'One invoice, by id or number',
    params: ById,
    answers: { 200: Invoice },
    handle: async ({ ask, params }) => ok(await ask(getInvoice, params)),
  }),
  route({
    method: 'PATCH',
    path: '/invoices/:id',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Change a draft',
    params: ById,
    body: changeDraft.input.properties.changes,
    answers: { 200: Invoice },
    refuses: { 409: 'Not in this state: `code` says why' },
    handle: async ({ ask, params, body }) => ok(await ask(changeDraft, { id: params.id, changes: body })),
  }),
  route({
    method: 'DELETE',
    path: '/invoices/:id',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Throw a draft away; its prestations are open again',
    params: ById,
    answers: { 204: null },
    refuses: { 409: 'Not in this state: `code` says why' },
    handle: async ({ ask, params }) => {
      await ask(discardDraft, params)
      return done()
    },
  }),
  route({
    method: 'POST',
    path: '/invoices/:id/issue',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Issue with the next number; immutable from then on',
    params: ById,
    answers: { 200: Invoice },
    refuses: { 409: 'Not in this state: `code` says why' },
    handle: async ({ ask, params }) => ok(await ask(issueInvoice, params)),
  }),
  ...Object.entries(documents).map(([format, summary]) =>
    route({
      method: 'GET',
      path: `/invoices/:id/${format}`,
      access: 'signed-in',
      tag: 'Invoices',
      summary,
      params: ById,
      answers: { 200: 'file' },
      refuses: { 409: 'Not in this state: `code` says why' },
      handle: async ({ ask, params }) => ({
        status: 200,
        download: await ask(getInvoiceDocument, { id: params.id, format: format === 'pdf' ? 'pdf' : 'ubl' }),
      }),
    }),
  ),
  route({
    method: 'POST',
    path: '/invoices/:id/payments',
    access: 'signed-in',
    creates: true,
    tag: 'Invoices',
    summary: 'Record a payment, whole or partial',
    params: ById,
    body: recordPayment.input.properties.payment,
    answers: { 201: Invoice },
    refuses: { 409: 'Not in this state: `code` says why' },
    handle: async ({ ask, params, body, idempotencyKey }) =>
      created(
        await ask(recordPayment, { id: params.id, payment: body, idempotencyKey }),
        `${API}/invoices/${params.id}`,
      ),
  }),
  route({
    method: 'POST',
    path: '/invoices/:id/credit-notes',
    access: 'signed-in',
    creates: true,
    tag: 'Invoices',
    summary: 'Credit an invoice, whole or by line; issued at once with its own number',
    params: ById,
    body: creditInvoice.input.properties.creditNote,
    answers: { 201: Invoice },
    refuses: { 409: 'Not in this state: `code` says why' },
    handle: async ({ ask, params, body, idempotencyKey }) => {
      const note = await ask(creditInvoice, { id: params.id, creditNote: body, idempotencyKey })
      return created(note, `${API}/invoices/${note.number ?? note.id}`)
    },
  }),
  route({
    method: 'GET',
    path: '/settings/seller',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'The house, as invoices name it; null before it is set',
    answers: { 200: Nullable(Seller) },
    handle: async ({ ask }) => ok(await ask(getSeller, {})),
  }),
  route({
    method: 'PUT',
    path: '/settings/seller',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Set how invoices name the house',
    body: SellerInput,
    answers: { 200: Seller },
    handle: async ({ ask, body }) => ok(await ask(putSeller, { seller: body })),
  }),
  route({
    method: 'GET',
    path: '/settings/seller/logo',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'The logo at the head of invoices',
    answers: { 200: 'file' },
    handle: async ({ ask }) => {
      const logo = await ask(getLogo, {})
      if (!logo) throw new Failure('not-found')
      return { status: 200, download: logo }
    },
  }),
  route({
    method: 'PUT',
    path: '/settings/seller/logo',
    access: 'signed-in',
    files: true,
    tag: 'Settings',
    summary: 'A PNG or JPEG in `files` for the head of invoices; none: the name stands there again',
    body: Type.Object({}, { additionalProperties: false }),
    answers: { 200: Nullable(ShownLogo) },
    handle: async ({ ask, files: [file] }) => {
      const logo = file ? { blobId: file.blobId, name: file.name, type: file.type, size: file.size } : null
      const put = await ask(putLogo, { logo })
      return ok(put && { name: put.name, type: put.type, size: put.size })
    },
  }),
  route({
    method: 'GET',
    path: '/settings/series',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Number series of invoices and credit notes',
    answers: { 200: SeriesSettings },
    handle: async ({ ask }) => ok(await ask(getSeries, {})),
  }),
  route({
    method: 'PUT',
    path: '/settings/series',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Go on with the numbers of another system',
    body: putSeries.input.properties.series,
    answers: { 200: SeriesSettings },
    handle: async ({ ask, body }) => ok(await ask(putSeries, { series: body })),
  }),
]
