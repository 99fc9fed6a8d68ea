/**
 * Who gets what from each page and form of the portal, and from what else the gateway serves. A stranger is led to
 * the sign-in page (303); a form that did its work leads on (303); one that is refused comes back with the status of
 * its refusal. A new page needs a row for its GET and one for its POST.
 */
import { door, open, type Door } from './door.ts'
import { SELLER } from '../testing/seller.ts'
import { OF_THE_CLIENT, PASSWORD, type World } from './world.ts'

const secret = { password: 'Boulangerie-2026!', again: 'Boulangerie-2026!' }
const person = (world: World) => ({
  name: 'Nouveau',
  email: `${world.fresh('nouveau')}@nouveau.test`,
  'role-customer': 'true',
  language: 'fr',
})
const CHRISTMAS = { from: '2030-12-23', until: '2031-01-02', deputyId: '' }
const ofTicket = '303 200 404 404 404 200 200 200'
const byAgents = '303 403 404 404 404 303 403 303'
const byParties = '303 303 404 404 404 303 403 303'
// The desk's own pages: to customers there are none.
const ofDesk = '  303 404 404 404 404 200 200 200'
const ofFinance = '303 404 404 404 404 404 200 200'
const ofAdmins = '303 404 404 404 404 404 404 200'
const ofOneself = '303 200 200 200 200 200 200 200'
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
  // Without the word of the first step it leads back there.
  'GET /sign-in/code': open(303),
  'POST /sign-in/code': open(303, { body: () => ({ code: '123456' }) }),
  'GET /sign-out': open(303),
  'POST /sign-out': open(303, { withoutCookie: true }),
  'GET /password-resets': open(200),
  'POST /password-resets': open(303, { body: (w) => ({ email: `${w.fresh('inconnu')}@nulle-part.test` }) }),
  'GET /activation/:token': open(410, { path: () => '/activation/faux' }),
  'POST /activation/:token': open(410, { path: () => '/activation/faux', body: () => secret }),
  'GET /password-resets/:token': open(410, { path: () => '/password-resets/faux' }),
  'POST /password-resets/:token': open(410, { path: () => '/password-resets/faux', body: () => secret }),

  'GET /tickets': door('              303 200 200 200 200 200 200 200'),
  'GET /tickets/filters': door('      303 200 200 200 200 200 200 200'),
  'POST /tickets/filters': door('     303 403 403 403 403 303 303 303', {
    body: () => ({ name: 'Imprimantes', query: 'q=imprimante' }),
  }),
  'GET /tickets/filters/remove': door('303 200 200 200 200 200 200 200'),
  'POST /tickets/filters/remove': door('303 403 403 403 403 303 303 303', {
    body: () => ({ id: 'inconnu' }),
  }),
  'GET /tickets/new': door('          303 200 200 200 200 200 200 200'),
  'POST /tickets/new': door('         303 303 303 303 303 303 303 303', {
    body: () => ({ subject: 'Panne', description: 'Depuis ce matin.', priority: 'normal' }),
  }),
  'GET /tickets/:number': door(ofTicket),
  'POST /tickets/:number': door(byParties, { body: () => ({ text: 'Bonjour' }) }),
  'GET /tickets/:number/messages/:entry': door(ofTicket, {
    path: (w) => `/tickets/${w.number}/messages/1-0`,
  }),
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

  'GET /tickets/:number/time-preview': door('303 404 404 404 404 200 200 200', {
    path: (w) => `/tickets/${w.number}/time-preview?workedOn=2026-11-20&minutes=20&kind=Support`,
  }),
  'GET /time': door(ofDesk),
  'GET /time/balance': door(ofFinance),
  'GET /time/unbilled': door(ofFinance),
  'GET /time/unbilled/hold': door(ofFinance),
  'POST /time/unbilled/hold': door('303 404 404 404 404 404 303 303', {
    body: async (w) => ({ ticket: String(w.number), id: await w.prestation(), reason: 'À vérifier' }),
  }),
  'GET /time/unbilled/release': door(ofFinance),
  'POST /time/unbilled/release': door('303 404 404 404 404 404 303 303', {
    body: async (w) => ({ ticket: String(w.number), id: await w.prestation() }),
  }),

  // Of finance, the address must say which client's.
  'GET /invoices/next': door('        303 200 404 404 200 404 404 404'),
  'GET /invoices': door('             303 200 403 403 200 403 200 200'),
  'GET /invoice-runs': door(ofFinance),
  'POST /invoice-runs': door('        303 404 404 404 404 404 303 303', {
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

  'GET /invoice-runs/:id/issue': door(ofFinance, { path: (w) => `/invoice-runs/${w.runId}/issue` }),
  'POST /invoice-runs/:id/issue': door('303 404 404 404 404 404 303 303', {
    path: (w) => `/invoice-runs/${w.runId}/issue`,
  }),
  'GET /invoices/:id/hold': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/hold` }),
  'POST /invoices/:id/hold': door('   303 404 404 404 404 404 303 303', {
    path: async (w) => `/invoices/${await w.draft()}/hold`,
    body: () => ({ line: 'inconnue' }),
  }),
  'GET /invoices/:id/lines': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/lines` }),
  'POST /invoices/:id/lines': door('  303 404 404 404 404 404 303 303', {
    path: async (w) => `/invoices/${await w.draft()}/lines`,
    body: () => ({ description: 'Clavier', quantity: '1', unit: 'piece', price: '25,00', vatRate: '21' }),
  }),
  'GET /invoices/:id/payments': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/payments` }),
  'POST /invoices/:id/payments': door('303 403 404 404 404 404 303 303', {
    path: async (w) => `/invoices/${await w.issued()}/payments`,
    body: () => ({ amount: '1,00', paidOn: '2026-11-20' }),
  }),
  'GET /invoices/:id/withdraw': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/withdraw` }),
  'POST /invoices/:id/withdraw': door('303 403 404 404 404 404 409 409', {
    path: (w) => `/invoices/${w.invoice.number}/withdraw`,
    closedToAll: 'this one was issued here; that one is withdrawn is shown in take-over.int.test.ts',
  }),
  'GET /invoices/:id/credit': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/credit` }),
  'POST /invoices/:id/credit': door(' 303 403 404 404 404 404 303 303', {
    path: async (w) => `/invoices/${await w.issued()}/credit`,
    body: () => ({ reason: 'Erreur' }),
  }),
  'GET /invoices/:id/retry': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/retry` }),
  'POST /invoices/:id/retry': door('  303 403 404 404 404 404 409 409', {
    path: (w) => `/invoices/${w.invoice.number}/retry`,
  }),
  'GET /invoices/:id/questions': door(ofInvoice, { path: (w) => `/invoices/${w.invoice.number}/questions` }),
  'POST /invoices/:id/questions': door('303 303 404 404 404 404 403 403', {
    path: (w) => `/invoices/${w.invoice.number}/questions`,
    body: (w) => ({ line: w.invoice.line, text: 'Pourquoi ?' }),
  }),
  'GET /reports': door(ofFinance),
  'GET /receivables': door(ofFinance),
  'GET /receivables/:id/remind': door(ofFinance, { path: (w) => `/receivables/${w.invoice.number}/remind` }),
  'POST /receivables/:id/remind': door('303 404 404 404 404 404 409 409', {
    path: async (w) => `/receivables/${await w.issued()}/remind`,
  }),
  'GET /receivables/:id/pause': door(ofFinance, { path: (w) => `/receivables/${w.invoice.number}/pause` }),
  'POST /receivables/:id/pause': door('303 404 404 404 404 404 303 303', {
    path: async (w) => `/receivables/${await w.issued()}/pause`,
  }),
  'GET /receivables/:id/resume': door(ofFinance, { path: (w) => `/receivables/${w.invoice.number}/resume` }),
  'POST /receivables/:id/resume': door('303 404 404 404 404 404 303 303', {
    path: async (w) => `/receivables/${await w.issued()}/resume`,
  }),
  'GET /take-over/invoices': door(ofFinance),
  'POST /take-over/invoices': door('303 404 404 404 404 404 422 422', {
    closedToAll:
      'a file comes as multipart; that finance takes one over is shown in take-over-tables.e2e.test.ts',
  }),
  'GET /take-over/invoices/commit': door(ofFinance),
  'POST /take-over/invoices/commit': door('303 404 404 404 404 404 422 422', {
    body: () => ({ file: 'inconnu' }),
    closedToAll:
      'no such file was sent; that finance takes one over is shown in take-over-tables.e2e.test.ts',
  }),
  'GET /take-over/packs': door(ofFinance),
  'POST /take-over/packs': door('303 404 404 404 404 404 422 422', {
    closedToAll:
      'a file comes as multipart; that finance takes one over is shown in take-over-tables.e2e.test.ts',
  }),
  'GET /take-over/packs/commit': door(ofFinance),
  'POST /take-over/packs/commit': door('303 404 404 404 404 404 422 422', {
    body: () => ({ file: 'inconnu' }),
    closedToAll:
      'no such file was sent; that finance takes one over is shown in take-over-tables.e2e.test.ts',
  }),

  'GET /companies': door(ofDesk),
  'POST /companies': door('           303 404 404 404 404 403 403 303', {
    body: () => ({ name: 'Neuve SA', language: 'fr' }),
  }),
  'GET /companies/import': door(ofAdmins),
  'POST /companies/import': door('    303 404 404 404 404 404 404 422', {
    closedToAll: 'a file comes as multipart; that an admin imports one is shown in client-import.int.test.ts',
  }),
  'GET /companies/import/commit': door(ofAdmins),
  'POST /companies/import/commit': door('303 404 404 404 404 404 404 422', {
    body: () => ({ file: 'inconnu' }),
    closedToAll: 'no such file was sent; that an admin imports one is shown in client-import.int.test.ts',
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
    body: () => ({
      stepMinutes: '15',
      minimumMinutes: '15',
      paymentTermDays: '30',
      customersSeeTime: 'true',
    }),
  }),
  'GET /companies/:id/record': door(ofDesk, { path: (w) => `/companies/${w.companyId}/record` }),
  'POST /companies/:id/record': door('303 404 404 404 404 403 403 303', {
    path: (w) => `/companies/${w.otherCompanyId}/record`,
    body: (w) => ({ name: w.fresh('Autre') }),
  }),
  'GET /companies/:id/hours': door(ofDesk, { path: (w) => `/companies/${w.companyId}/hours` }),
  'POST /companies/:id/hours': door(' 303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/hours`,
    body: () => ({
      officeFrom: '08:00',
      officeTo: '18:00',
      nightFrom: '22:00',
      nightTo: '06:00',
      evening: '25',
      night: '50',
      weekend: '50',
      holiday: '100',
    }),
  }),
  'GET /companies/:id/hours/remove': door(ofDesk, { path: (w) => `/companies/${w.companyId}/hours/remove` }),
  'POST /companies/:id/hours/remove': door('303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/hours/remove`,
    body: () => ({}),
  }),
  'GET /companies/:id/rates': door(ofDesk, { path: (w) => `/companies/${w.companyId}/rates` }),
  'POST /companies/:id/rates': door(' 303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/rates`,
    body: () => ({ kind: 'Sur place', unit: 'hour', price: '95,00', vatRate: '21' }),
  }),
  'GET /companies/:id/rates/remove': door(ofDesk, { path: (w) => `/companies/${w.companyId}/rates/remove` }),
  'POST /companies/:id/rates/remove': door('303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/rates/remove`,
    body: () => ({ kind: 'Sur place', unit: 'hour' }),
  }),
  'GET /companies/:id/packs/withdraw': door(ofDesk, {
    path: (w) => `/companies/${w.companyId}/packs/withdraw`,
  }),
  'POST /companies/:id/packs/withdraw': door('303 404 404 404 404 403 404 404', {
    path: (w) => `/companies/${w.companyId}/packs/withdraw`,
    body: () => ({ id: 'inconnu' }),
    closedToAll: 'no pack was taken over here; that one is withdrawn is shown in take-over.int.test.ts',
  }),
  'GET /companies/:id/opening-invoices': door(ofDesk, {
    path: (w) => `/companies/${w.companyId}/opening-invoices`,
  }),
  'POST /companies/:id/opening-invoices': door('303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/opening-invoices`,
    body: (w) => ({
      openingNumber: w.fresh('ancienne'),
      issuedOn: '2026-01-05',
      dueOn: '2026-02-05',
      amount: '121,00',
    }),
  }),
  'GET /companies/:id/fees': door(ofDesk, { path: (w) => `/companies/${w.companyId}/fees` }),
  'POST /companies/:id/fees': door('  303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/fees`,
    body: () => ({
      feeDescription: 'Maintenance',
      feePrice: '250,00',
      feeVatRate: '21',
      // Long before the walk: nothing is invoiced by it.
      feeFrom: '2019-01',
      feeUntil: '2019-01',
    }),
  }),
  'GET /companies/:id/fees/remove': door(ofDesk, { path: (w) => `/companies/${w.companyId}/fees/remove` }),
  'POST /companies/:id/fees/remove': door('303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/fees/remove`,
    body: () => ({ id: 'inconnu' }),
  }),
  'GET /companies/:id/packs': door(ofDesk, { path: (w) => `/companies/${w.companyId}/packs` }),
  'POST /companies/:id/packs': door(' 303 404 404 404 404 403 303 303', {
    path: (w) => `/companies/${w.companyId}/packs`,
    body: () => ({ hours: '10', packPrice: '900,00', packVatRate: '21', validUntil: '2099-12-31' }),
  }),
  // Of one's own company, for its managers: the other company's sees its own.
  'GET /colleagues': door('           303 200 404 404 200 404 404 404'),
  'POST /colleagues': door('          303 303 404 404 303 404 404 404', { body: person }),
  'GET /staff': door(ofDesk),
  'POST /staff': door('               303 404 404 404 404 403 403 303', {
    body: (w) => ({
      name: 'Nouvelle',
      email: `${w.fresh('equipe')}@exeko.test`,
      'role-agent': 'true',
      language: 'fr',
    }),
  }),
  'GET /people/:id': door(ofDesk, { path: (w) => `/people/${w.id('owner')}` }),
  'POST /people/:id': door('          303 404 404 404 404 403 403 303', {
    path: async (w) => `/people/${await w.invited()}`,
    body: () => ({ name: 'Autre nom', 'role-customer': 'true', language: 'nl' }),
  }),
  'GET /people/:id/addresses': door(ofDesk, { path: (w) => `/people/${w.id('owner')}/addresses` }),
  'POST /people/:id/addresses': door('303 404 404 404 404 303 403 303', {
    path: (w) => `/people/${w.id('owner')}/addresses`,
    body: (w) => ({ address: `${w.fresh('autre')}@nouveau.test` }),
  }),
  'GET /people/:id/addresses/remove': door(ofDesk, {
    path: (w) => `/people/${w.id('owner')}/addresses/remove`,
  }),
  'POST /people/:id/addresses/remove': door('303 404 404 404 404 303 403 303', {
    path: (w) => `/people/${w.id('owner')}/addresses/remove`,
    body: async (w) => ({ address: await w.senderAddress() }),
  }),
  'GET /people/:id/invitation': door(ofDesk, { path: (w) => `/people/${w.id('owner')}/invitation` }),
  'POST /people/:id/invitation': door('303 404 404 404 404 303 403 303', {
    path: async (w) => `/people/${await w.invited()}/invitation`,
  }),
  'GET /people/:id/status': door(ofDesk, { path: (w) => `/people/${w.id('owner')}/status` }),
  'GET /people/:id/absence': door(ofDesk, { path: (w) => `/people/${w.id('agent')}/absence` }),
  // The agent's own, and the admin's for whoever fell ill.
  'POST /people/:id/absence': door('  303 404 404 404 404 303 403 303', {
    path: (w) => `/people/${w.id('agent')}/absence`,
    body: () => CHRISTMAS,
  }),
  'GET /people/:id/absence/remove': door(ofDesk, { path: (w) => `/people/${w.id('agent')}/absence/remove` }),
  'POST /people/:id/absence/remove': door('303 404 404 404 404 303 403 303', {
    path: (w) => `/people/${w.id('agent')}/absence/remove`,
    body: () => ({}),
  }),
  'POST /people/:id/status': door('   303 404 404 404 404 403 403 303', {
    path: async (w) => `/people/${await w.invited()}/status`,
    body: () => ({ status: 'inactive' }),
  }),

  'GET /mail/ledger': door(ofDesk),
  'GET /mail/quarantine': door(ofDesk),
  'POST /mail/quarantine': door('     303 404 404 404 404 303 403 303', {
    body: async (w) => ({ act: 'drop', [`mail-${await w.quarantined()}`]: 'true' }),
  }),
  'GET /mail/:id': door(ofDesk, { path: (w) => `/mail/${w.mailId}` }),
  'GET /mail/:id/ticket': door(ofDesk, { path: (w) => `/mail/${w.mailId}/ticket` }),
  'POST /mail/:id/ticket': door('     303 404 404 404 404 422 403 422', {
    path: async (w) => `/mail/${await w.quarantined()}/ticket`,
    closedToAll: 'its sender is unknown: there is nobody to open it for, until they are registered',
  }),
  'GET /mail/:id/register': door(ofDesk, { path: (w) => `/mail/${w.mailId}/register` }),
  'POST /mail/:id/register': door('   303 404 404 404 404 303 403 303', {
    path: async (w) => `/mail/${await w.quarantined()}/register`,
    body: (w) => ({ companyId: w.companyId, name: 'Inconnue' }),
  }),
  'GET /mail/:id/replay': door(ofDesk, { path: (w) => `/mail/${w.mailId}/replay` }),
  'POST /mail/:id/replay': door('     303 404 404 404 404 303 403 303', {
    path: (w) => `/mail/${w.mailId}/replay`,
  }),
  'GET /mail/:id/drop': door(ofDesk, { path: (w) => `/mail/${w.mailId}/drop` }),
  'POST /mail/:id/drop': door('       303 404 404 404 404 303 403 303', {
    path: async (w) => `/mail/${await w.quarantined()}/drop`,
  }),
  'GET /outbox': door(ofDesk),
  'GET /outbox/:id/resend': door(ofDesk, { path: (w) => `/outbox/${w.outgoingId}/resend` }),
  'POST /outbox/:id/resend': door('   303 404 404 404 404 409 403 409', {
    path: (w) => `/outbox/${w.outgoingId}/resend`,
  }),
  'GET /outbox/:id': door(ofDesk, {
    path: (w) => `/outbox/${w.outgoingId}`,
  }),
  'GET /audit/:kind/:id': door(ofAdmins, { path: (w) => `/audit/tickets/${w.number}` }),
  'GET /account': door('             303 200 200 200 200 200 200 200'),
  'POST /account': door('            303 303 303 303 303 303 303 303', {
    body: (_world, caller) => ({
      name: caller === 'owner' ? `${OF_THE_CLIENT} owner` : caller,
      language: 'fr',
    }),
  }),
  'GET /account/mails': door(ofOneself),
  'POST /account/mails': door('      303 303 303 303 303 303 303 303', { body: () => ({}) }),
  'GET /account/absence': door(ofOneself),
  // Clients are not missed at the counter.
  'POST /account/absence': door('    303 422 422 422 422 303 303 303', { body: () => CHRISTMAS }),
  'GET /account/absence/remove': door(ofOneself),
  'POST /account/absence/remove': door('303 303 303 303 303 303 303 303', { body: () => ({}) }),
  'GET /account/addresses': door(ofOneself),
  'POST /account/addresses': door('  303 303 303 303 303 303 303 303', {
    body: (w) => ({ address: `${w.fresh('autre')}@nouveau.test` }),
  }),
  'GET /account/addresses/remove': door(ofOneself),
  // Another's address is refused like one that nobody has: only its owner takes it off.
  'POST /account/addresses/remove': door('303 303 404 404 404 404 404 404', {
    body: async (w) => ({ address: await w.senderAddress() }),
  }),
  'GET /account/second-factor': door(ofDesk),
  'POST /account/second-factor': door(ofDesk, { body: () => ({ password: PASSWORD }) }),
  'GET /account/second-factor/on': door(ofDesk),
  'POST /account/second-factor/on': door('303 404 404 404 404 410 410 410', {
    body: () => ({ offer: 'faux', code: '123456' }),
    closedToAll: 'an offer is its asker’s own; that one turns it on is shown in two-step-sign-in.e2e.test.ts',
  }),
  'GET /account/second-factor/off': door(ofDesk),
  'POST /account/second-factor/off': door('303 404 404 404 404 409 409 409', {
    body: () => ({ password: PASSWORD, code: '123456' }),
    closedToAll: 'nobody here has one; that one ends one’s own is shown in two-step-sign-in.e2e.test.ts',
  }),
  'GET /account/second-factor/recovery-codes': door(ofDesk),
  'POST /account/second-factor/recovery-codes': door('303 404 404 404 404 409 409 409', {
    body: () => ({ password: PASSWORD, code: '123456' }),
    closedToAll: 'nobody here has one; new ones are shown in two-step-sign-in.e2e.test.ts',
  }),
  'GET /people/:id/second-factor/reset': door(ofDesk, {
    path: (w) => `/people/${w.id('agent')}/second-factor/reset`,
  }),
  'POST /people/:id/second-factor/reset': door('303 404 404 404 404 403 403 409', {
    path: (w) => `/people/${w.id('agent')}/second-factor/reset`,
    closedToAll: 'nobody here has one; that an admin ends one is shown in two-step-sign-in.e2e.test.ts',
  }),
  'GET /settings/access': door(ofAdmins),
  'POST /settings/access': door('     303 404 404 404 404 404 404 303', { body: () => ({}) }),
  'GET /account/password': door(ofOneself),
  'POST /account/password': door('   303 303 303 303 303 303 303 303', {
    body: () => ({ current: PASSWORD, password: PASSWORD, again: PASSWORD }),
    endsSession: true,
  }),
  'GET /account/sessions/end': door(ofOneself),
  'POST /account/sessions/end': door('303 404 404 404 404 404 404 404', {
    body: () => ({ id: 'fausse' }),
    closedToAll: 'nobody here has this session; that one ends one’s own is shown in own-account.int.test.ts',
  }),
  'GET /account/sessions/end-others': door(ofOneself),
  'POST /account/sessions/end-others': door('303 303 303 303 303 303 303 303', {
    body: () => ({}),
    endsSession: true,
  }),
  'GET /addresses/:token': open(410, { path: () => '/addresses/faux' }),
  'POST /addresses/:token': open(410, { path: () => '/addresses/faux', body: () => ({}) }),
  'GET /*': open(404, { path: () => '/nulle-part', closedToAll: 'it leads nowhere, whoever follows it' }),
  'GET /settings/seller': door(ofFinance),
  'POST /settings/seller': door('     303 404 404 404 404 404 303 303', {
    body: () => ({ ...SELLER, ...SELLER.address }),
  }),
  'GET /settings/numbers': door(ofFinance),
  'POST /settings/numbers': door('    303 404 404 404 404 404 303 303', {
    body: () => ({
      'invoice.prefix': 'F-',
      'invoice.next': '5000',
      'creditNote.prefix': 'NC-',
      'creditNote.next': '5000',
    }),
  }),
  'GET /settings/reminders': door(ofFinance),
  'POST /settings/reminders': door('  303 404 404 404 404 404 303 303', {
    body: () => ({ first: '7', second: '21', third: '35' }),
  }),
  'GET /settings/replies': door(ofDesk),
  'POST /settings/replies': door('    303 404 404 404 404 303 403 303', {
    body: () => ({ name: 'Redémarrer', text: 'Bonjour {{client}}' }),
  }),
  'GET /settings/replies/remove': door(ofDesk),
  'POST /settings/replies/remove': door('303 404 404 404 404 303 403 303', {
    body: () => ({ id: 'inconnue' }),
  }),
  'GET /settings/mail-texts': door(ofAdmins),
  'POST /settings/mail-texts': door('303 404 404 404 404 404 404 303', { body: () => ({}) }),
  'GET /settings/priorities': door(ofAdmins),
  'POST /settings/priorities': door(' 303 404 404 404 404 404 404 303', {
    body: () =>
      Object.fromEntries(
        ['low', 'normal', 'high', 'urgent'].flatMap((priority) =>
          ['fr', 'nl', 'en'].map((language) => [`${priority}.${language}`, 'Sens']),
        ),
      ),
  }),
  'GET /dead-letters': door(ofAdmins),
  'GET /dead-letters/:id/retry': door(ofAdmins, {
    path: () => '/dead-letters/ticket~aW5jb25udQ/retry',
  }),
  'POST /dead-letters/:id/retry': door('303 404 404 404 404 404 404 404', {
    path: () => '/dead-letters/ticket~aW5jb25udQ/retry',
    closedToAll: 'no event of this world is dead; that an admin retries one is shown in libs/delivery',
  }),
  'GET /dead-letters/:id/skip': door(ofAdmins, { path: () => '/dead-letters/ticket~aW5jb25udQ/skip' }),
  'POST /dead-letters/:id/skip': door(' 303 404 404 404 404 404 404 404', {
    path: () => '/dead-letters/ticket~aW5jb25udQ/skip',
    closedToAll: 'no event of this world is dead; that an admin gives one up is shown in libs/delivery',
  }),
}
