/**
 * Who gets what from each page and form of the portal, and from what else the gateway serves. A stranger is led to
 * the sign-in page (303); a form that did its work leads on (303); one that is refused comes back with the status of
 * its refusal. A new page needs a row for its GET and one for its POST.
 */
import { door, open, type Door } from './door.ts'
import { SELLER, type World } from './world.ts'

const secret = { password: 'Boulangerie-2026!', again: 'Boulangerie-2026!' }
const person = (world: World) => ({
  name: 'Nouveau',
  email: `${world.fresh('nouveau')}@nouveau.test`,
  role: 'customer',
  language: 'fr',
})
const ofTicket = '303 200 404 404 404 200 200 200'
const byAgents = '303 403 404 404 404 303 403 303'
const byParties = '303 303 404 404 404 303 403 303'
// The desk's own pages: to customers there are none.
const ofDesk = '  303 404 404 404 404 200 200 200'
const ofFinance = '303 404 404 404 404 404 200 200'
const ofAdmins = '303 404 404 404 404 404 404 200'
const ofInvoice = '303 200 404 404 404 404 200 200'

/** The form of a ticket's page: on a ticket of its own for each caller. */
const step = (path: string, status: 'new' | 'open' | 'waiting' | 'closed'): Pick<Door, 'path'> => ({
  path: async (world) => `/tickets/${await world.ticket(status)}/${path}`,
})

export const PAGE_DOORS: Record<string, Door> = {
  'GET /healthz': open(200),
  'GET /readyz': open(200),
  'GET /metrics': open(404, {
    closedToAll: 'only who asks from this machine is told, and the walk comes through a proxy',
  }),
  'GET /api/openapi.json': open(200),
  'GET /api/docs': open(200),
  'GET /api/docs/start.js': open(200),
  'GET /api/docs/renderer.js': open(200),

  //                              stranger owner colleague other rival agent finance admin
  'GET /': door('                    200 200 200 200 200 303 303 303'),
  'GET /sign-in': open(200),
  'POST /sign-in': open(401, { body: (w) => ({ login: w.fresh('inconnu'), password: 'faux' }) }),
  'GET /evaluation/:link': open(404, {
    path: () => '/evaluation/faux',
    closedToAll: 'this is no evaluation: identity knows no such link',
  }),
  'POST /evaluation/:link': open(404, {
    path: () => '/evaluation/faux',
    closedToAll: 'this is no evaluation: identity knows no such link',
  }),
  'GET /sign-out': open(303),
  'POST /sign-out': open(303, { withoutCookie: true }),
  'GET /password-resets': open(200),
  'POST /password-resets': open(303, { body: (w) => ({ email: `${w.fresh('inconnu')}@nulle-part.test` }) }),
  'GET /activation/:token': open(410, { path: () => '/activation/faux' }),
  'POST /activation/:token': open(410, { path: () => '/activation/faux', body: () => secret }),
  'GET /password-resets/:token': open(410, { path: () => '/password-resets/faux' }),
  'POST /password-resets/:token': open(410, { path: () => '/password-resets/faux', body: () => secret }),

  'GET /tickets': door('              303 200 200 200 200 200 200 200'),
  'GET /tickets/new': door('          303 200 200 200 200 200 200 200'),
  'POST /tickets/new': door('         303 303 303 303 303 303 303 303', {
    body: () => ({ subject: 'Panne', description: 'Depuis ce matin.', priority: 'normal' }),
  }),
  'GET /tickets/:number': door(ofTicket),
  'POST /tickets/:number': door(byParties, { body: () => ({ text: 'Bonjour' }) }),
  'GET /tickets/:number/accept': door(ofTicket),
  'POST /tickets/:number/accept': door(byAgents, step('accept', 'new')),
  'GET /tickets/:number/wait': door(ofTicket),
  'POST /tickets/:number/wait': door(byAgents, step('wait', 'open')),
  'GET /tickets/:number/resume': door(ofTicket),
  'POST /tickets/:number/resume': door(byAgents, step('resume', 'waiting')),
  'GET /tickets/:number/close': door(ofTicket),
  'POST /tickets/:number/close': door(byParties, step('close', 'open')),
  'GET /tickets/:number/reopen': door(ofTicket),
  'POST /tickets/:number/reopen': door(byParties, step('reopen', 'closed')),
  'GET /tickets/:number/assign': door(ofTicket),
  'POST /tickets/:number/assign': door(byAgents, { body: (w) => ({ accountId: w.id('agent') }) }),
  'GET /tickets/:number/priority': door(ofTicket),
  'POST /tickets/:number/priority': door(byAgents, { body: () => ({ priority: 'low' }) }),
  'GET /tickets/:number/note': door(ofTicket),
  'POST /tickets/:number/note': door('303 403 404 404 404 303 303 303', { body: () => ({ note: 'Vu.' }) }),
  'GET /tickets/:number/prestations': door(ofTicket),
  'POST /tickets/:number/prestations': door('303 403 404 404 404 303 303 303', {
    body: () => ({ workedOn: '2026-11-03', minutes: '5', kind: 'À distance', description: 'Appel' }),
  }),
  'GET /tickets/:number/merge': door(ofTicket),
  'POST /tickets/:number/merge': door(byAgents, {
    ...step('merge', 'open'),
    body: (w) => ({ into: String(w.number) }),
  }),

  'GET /notifications': door('        303 200 200 200 200 200 200 200'),
  'GET /notifications/viewed': open(303),
  'POST /notifications/viewed': open(303),
  // Another's notification is refused without a word: the way back is all there is to show. The API's row says 404.
  'GET /notifications/:id/viewed': open(303, {
    path: async (w) => `/notifications/${await w.notification()}/viewed`,
  }),
  'POST /notifications/:id/viewed': open(303, {
    path: async (w) => `/notifications/${await w.notification()}/viewed`,
  }),

  'GET /invoices': door('             303 200 403 403 200 403 200 200'),
  'POST /invoices': door('            303 403 403 403 403 403 303 303', {
    body: () => ({ from: '2026-09-01', to: '2026-09-30' }),
  }),
  'GET /invoice-runs/:id': door('     303 404 404 404 404 404 200 200', {
    path: (w) => `/invoice-runs/${w.runId}`,
  }),
  'GET /invoices/:id': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}` }),
  'GET /invoices/:id/issue': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/issue` }),
  'POST /invoices/:id/issue': door('  303 404 404 404 404 404 303 303', {
    path: async (w) => `/invoices/${await w.draft()}/issue`,
  }),
  'GET /invoices/:id/discard': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/discard` }),
  'POST /invoices/:id/discard': door('303 404 404 404 404 404 303 303', {
    path: async (w) => `/invoices/${await w.draft()}/discard`,
  }),

  'GET /companies': door(ofDesk),
  'POST /companies': door('           303 404 404 404 404 403 403 303', {
    body: () => ({ name: 'Neuve SA', language: 'fr' }),
  }),
  'GET /companies/:id': door(ofDesk, {
    path: (w) => `/companies/${w.companyId}`,
  }),
  'POST /companies/:id': door('       303 404 404 404 404 303 403 303', {
    path: (w) => `/companies/${w.companyId}`,
    body: person,
  }),
  'GET /companies/:id/contract': door(ofDesk, {
    path: (w) => `/companies/${w.companyId}/contract`,
  }),
  'POST /companies/:id/contract': door('303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/contract`,
    body: () => ({ kind: 'Sur place', price: '95.00', vatRate: '21' }),
  }),

  'GET /mail/ledger': door(ofDesk),
  'GET /mail/quarantine': door(ofDesk),
  'GET /mail/:id/replay': door(ofDesk, { path: (w) => `/mail/${w.mailId}/replay` }),
  'POST /mail/:id/replay': door('     303 404 404 404 404 303 403 303', {
    path: (w) => `/mail/${w.mailId}/replay`,
  }),
  'GET /mail/:id/drop': door(ofDesk, { path: (w) => `/mail/${w.mailId}/drop` }),
  'POST /mail/:id/drop': door('       303 404 404 404 404 303 403 303', {
    path: async (w) => `/mail/${await w.quarantined()}/drop`,
  }),
  'GET /outbox': door(ofDesk),
  'GET /outbox/:id': door(ofDesk, {
    path: (w) => `/outbox/${w.outgoingId}`,
  }),
  'GET /account': door('             303 200 200 200 200 200 200 200'),
  'POST /account': door('            303 303 303 303 303 303 303 303', { body: () => ({ language: 'fr' }) }),
  'GET /account/password': door('    303 200 200 200 200 200 200 200'),
  'POST /account/password': door('   303 303 303 303 303 303 303 303'),
  'GET /*': open(404, { path: () => '/nulle-part', closedToAll: 'it leads nowhere, whoever follows it' }),
  'GET /settings/seller': door(ofFinance),
  'POST /settings/seller': door('     303 404 404 404 404 404 303 303', {
    body: () => ({ ...SELLER, ...SELLER.address }),
  }),
  'GET /dead-letters': door(ofAdmins),
  'GET /dead-letters/:id/retry': door(ofAdmins, {
    path: () => '/dead-letters/ticket~aW5jb25udQ/retry',
  }),
  'POST /dead-letters/:id/retry': door('303 404 404 404 404 404 404 404', {
    path: () => '/dead-letters/ticket~aW5jb25udQ/retry',
    closedToAll: 'no event of this world is dead; that an admin retries one is shown in libs/delivery',
  }),
}
