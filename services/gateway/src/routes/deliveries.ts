/** How issued invoices reach their clients' books. */
import {
  getDelivery,
  InvoiceDelivery,
  listDeliveries,
  noteDeliveryNews,
  retryDelivery,
} from '@guichet/contracts/invoice-delivery'
import { Id } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { done, ok } from './replies.ts'

const ById = Type.Object({ id: Id })

export const deliveryRoutes = [
  route({
    method: 'GET',
    path: '/deliveries',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Invoices on their way, newest first',
    query: listDeliveries.input,
    answers: { 200: listDeliveries.output },
    handle: async ({ ask, query }) => ok(await ask(listDeliveries, query)),
  }),
  route({
    method: 'GET',
    path: '/invoices/:id/delivery',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'How far one invoice is on its way: nothing is called delivered without proof',
    params: ById,
    answers: { 200: InvoiceDelivery },
    handle: async ({ ask, params }) => ok(await ask(getDelivery, params)),
  }),
  route({
    method: 'POST',
    path: '/invoices/:id/delivery/retry',
    access: 'signed-in',
    tag: 'Invoices',
    summary: 'Send one again that failed',
    params: ById,
    answers: { 200: InvoiceDelivery },
    refuses: { 409: 'It has not failed' },
    handle: async ({ ask, params }) => ok(await ask(retryDelivery, params)),
  }),
  route({
    method: 'POST',
    path: '/webhooks/access-point',
    access: 'public',
    tag: 'Invoices',
    summary: 'The access point has news of a submission, and is asked what; needs the shared secret',
    body: Type.Object(noteDeliveryNews.input.properties, { additionalProperties: false }),
    answers: { 204: null },
    handle: async ({ ask, body }) => {
      await ask(noteDeliveryNews, body)
      return done()
    },
  }),
]
