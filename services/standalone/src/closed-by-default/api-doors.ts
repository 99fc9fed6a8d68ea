/**
 * Who gets what from each call of the API. What one may not see is 404, what one sees and may not do 403, a stranger
 * 401. A new route needs a row here: `door('401 200 404 404 404 200 200 200')`, its path where it has parameters, and
 * a body that is right in form, so that it is the rule that refuses.
 */
import { door, open, type Door } from './door.ts'
import { SELLER } from '../testing/seller.ts'
import { PASSWORD, type World } from './world.ts'

const api = '/api/v1'
const at = (path: (world: World) => string | Promise<string>) => async (world: World) =>
  `${api}${await path(world)}`
const meaning = { fr: 'Sens', nl: 'Betekenis', en: 'Meaning' }
const line = { description: 'Clavier', quantity: '1', unit: 'piece', price: '25.00', vatRate: '21' }
const invitation = (world: World) => ({
  email: `${world.fresh('nouveau')}@nouveau.test`,
  name: 'Nouveau',
  roles: ['customer'],
})
const secret = 'Boulangerie-2026!'
const financeOnly = '401 403 403 403 403 403 200 200'

export const API_DOORS: Record<string, Door> = {
  //                              stranger owner colleague other rival agent finance admin
  'POST /session': open(401, { body: (w) => ({ login: w.fresh('inconnu'), password: 'faux' }) }),
  'DELETE /session': open(204, { withoutCookie: true }),
  'GET /me': door('                   401 200 200 200 200 200 200 200'),
  'GET /unbilled': door('              401 403 403 403 403 403 200 200', {
    path: at(() => '/unbilled?until=2026-11-30'),
  }),
  'POST /tickets/:number/prestations/:id/hold': door('401 403 404 404 404 403 200 200', {
    path: at(async (w) => `/tickets/${w.number}/prestations/${await w.prestation()}/hold`),
    body: () => ({ reason: 'À vérifier' }),
  }),
  'POST /tickets/:number/prestations/:id/release': door('401 403 404 404 404 403 200 200', {
    path: at(async (w) => `/tickets/${w.number}/prestations/${await w.prestation()}/release`),
  }),
  'GET /audit/:kind/:id': door('      401 404 404 404 404 404 404 200', {
    path: at((w) => `/audit/tickets/${w.number}`),
  }),
  'GET /me/sessions': door('          401 200 200 200 200 200 200 200'),
  // Each their own: another's session is none.
  'DELETE /me/sessions/:id': door('   401 404 404 404 404 404 404 404', {
    path: at(() => '/me/sessions/fausse'),
    closedToAll: 'nobody here has this session; that one ends one’s own is shown in own-account.int.test.ts',
  }),
  'DELETE /me/sessions': door('       401 200 200 200 200 200 200 200', { endsSession: true }),
  'PUT /me/password': door('          401 200 200 200 200 200 200 200', {
    body: () => ({ current: PASSWORD, password: PASSWORD }),
    endsSession: true,
  }),
  // Of people of the house alone.
  'GET /me/second-factor': door('     401 403 403 403 403 200 200 200'),
  'POST /me/second-factor/offers': door('401 403 403 403 403 200 200 200', {
    body: () => ({ password: PASSWORD }),
  }),
  'PUT /me/second-factor': door('     401 403 403 403 403 410 410 410', {
    body: () => ({ offer: 'faux', code: '123456' }),
    closedToAll: 'an offer is its asker’s own; that one turns it on is shown in two-step-sign-in.e2e.test.ts',
  }),
  'POST /me/second-factor/removal': door('401 403 403 403 403 409 409 409', {
    body: () => ({ password: PASSWORD, code: '123456' }),
    closedToAll: 'nobody here has one; that one ends one’s own is shown in two-step-sign-in.e2e.test.ts',
  }),
  'POST /me/second-factor/recovery-codes': door('401 403 403 403 403 409 409 409', {
    body: () => ({ password: PASSWORD, code: '123456' }),
    closedToAll: 'nobody here has one; new ones are shown in two-step-sign-in.e2e.test.ts',
  }),
  'GET /accounts/:id/second-factor': door('401 404 404 404 404 200 403 200', {
    path: at((w) => `/accounts/${w.id('agent')}/second-factor`),
  }),
  'DELETE /accounts/:id/second-factor': door('401 404 404 404 404 403 403 409', {
    path: at((w) => `/accounts/${w.id('agent')}/second-factor`),
    closedToAll: 'nobody here has one; that an admin ends one is shown in two-step-sign-in.e2e.test.ts',
  }),
  'GET /settings/access': door('      401 403 403 403 403 403 403 200'),
  'PUT /settings/access': door('      401 403 403 403 403 403 403 200', {
    body: () => ({ staffSecondFactor: false }),
  }),
  'POST /me/addresses': door('        401 202 202 202 202 202 202 202', {
    body: (w) => ({ address: `${w.fresh('autre')}@nouveau.test` }),
  }),
  'POST /address-confirmations': open(410, { body: () => ({ token: 'faux' }) }),
  'POST /activation': open(410, { body: () => ({ token: 'faux', password: secret }) }),
  'POST /password-resets': open(202, { body: (w) => ({ email: `${w.fresh('inconnu')}@nulle-part.test` }) }),
  'PUT /password-resets/:token': open(410, {
    path: at(() => '/password-resets/faux'),
    body: () => ({ password: secret }),
  }),

  'POST /tokens': door('              401 403 403 403 403 403 403 201', {
    body: () => ({ name: 'caisse', roles: ['agent'], expiresAt: '2099-01-01T00:00:00Z' }),
  }),
  'GET /tokens': door('               401 403 403 403 403 403 403 200'),
  'DELETE /tokens/:id': door('        401 404 404 404 404 404 404 204', {
    path: at(async (w) => `/tokens/${await w.apiToken()}`),
  }),

  'POST /client-imports': door('      401 403 403 403 403 403 403 422', {
    body: () => ({}),
    closedToAll: 'a file comes as multipart; that an admin imports one is shown in client-import.int.test.ts',
  }),
  'GET /companies': door('            401 200 200 200 200 200 200 200'),
  'POST /companies': door('           401 403 403 403 403 403 403 201', {
    body: () => ({ name: 'Neuve SA' }),
  }),
  'GET /companies/:id': door('        401 200 200 404 404 200 200 200', {
    path: at((w) => `/companies/${w.companyId}`),
  }),
  'PATCH /companies/:id': door('      401 403 403 404 404 403 403 200', {
    path: at((w) => `/companies/${w.companyId}`),
    body: () => ({ priorityLocked: false }),
  }),
  'GET /companies/:id/accounts': door('401 200 403 404 404 200 200 200', {
    path: at((w) => `/companies/${w.companyId}/accounts`),
  }),
  'POST /companies/:id/accounts': door('401 201 403 404 404 201 403 201', {
    path: at((w) => `/companies/${w.companyId}/accounts`),
    body: invitation,
  }),
  'GET /accounts': door('             401 404 404 404 404 200 200 200'),
  'POST /accounts': door('            401 403 403 403 403 403 403 201', {
    body: (w) => ({ ...invitation(w), roles: ['agent'] }),
  }),
  'GET /accounts/:id': door('         401 200 404 404 404 200 200 200', {
    path: at((w) => `/accounts/${w.id('owner')}`),
  }),
  'PATCH /accounts/:id': door('       401 200 404 404 404 403 403 200', {
    path: at((w) => `/accounts/${w.id('owner')}`),
    body: () => ({ language: 'fr' }),
  }),
  'POST /accounts/:id/invitation': door('401 200 404 404 404 200 403 200', {
    path: at(async (w) => `/accounts/${await w.invited()}/invitation`),
  }),
  'GET /accounts/:id/addresses': door('401 200 404 404 404 200 200 200', {
    path: at((w) => `/accounts/${w.id('owner')}/addresses`),
  }),
  'POST /accounts/:id/addresses': door('401 201 404 404 404 201 403 201', {
    path: at((w) => `/accounts/${w.id('owner')}/addresses`),
    body: (w) => ({ address: `${w.fresh('autre')}@nouveau.test` }),
  }),
  'DELETE /accounts/:id/addresses/:address': door('401 204 404 404 404 204 403 204', {
    path: at(async (w) => `/accounts/${w.id('owner')}/addresses/${await w.senderAddress()}`),
  }),

  'POST /tickets': door('             401 201 201 201 201 201 201 201', {
    body: () => ({ subject: 'Panne', description: 'Depuis ce matin.' }),
  }),
  'GET /tickets': door('              401 200 200 200 200 200 200 200'),
  'GET /queue': door('                401 403 403 403 403 200 200 200'),
  'GET /tickets/:number': door('      401 200 404 404 404 200 200 200'),
  'GET /tickets/:number/timeline': door('401 200 404 404 404 200 200 200'),
  'PATCH /tickets/:number': door('    401 403 404 404 404 200 403 200', {
    body: () => ({ priority: 'high' }),
  }),
  'POST /tickets/:number/messages': door('401 201 404 404 404 201 403 201', {
    body: () => ({ text: 'Bonjour' }),
  }),
  'POST /tickets/:number/accept': door('401 403 404 404 404 200 403 200', {
    path: at(async (w) => `/tickets/${await w.ticket('new')}/accept`),
  }),
  'POST /tickets/:number/wait': door('401 403 404 404 404 200 403 200', {
    path: at(async (w) => `/tickets/${await w.ticket('open')}/wait`),
  }),
  'POST /tickets/:number/resume': door('401 403 404 404 404 200 403 200', {
    path: at(async (w) => `/tickets/${await w.ticket('waiting')}/resume`),
  }),
  'POST /tickets/:number/close': door('401 200 404 404 404 200 403 200', {
    path: at(async (w) => `/tickets/${await w.ticket('open')}/close`),
  }),
  'POST /tickets/:number/reopen': door('401 200 404 404 404 200 403 200', {
    path: at(async (w) => `/tickets/${await w.ticket('closed')}/reopen`),
  }),
  'POST /tickets/:number/assign': door('401 403 404 404 404 200 403 200', {
    body: (w) => ({ accountId: w.id('agent') }),
  }),
  'POST /tickets/:number/merge': door('401 403 404 404 404 200 403 200', {
    path: at(async (w) => `/tickets/${await w.ticket('open')}/merge`),
    body: (w) => ({ into: w.number }),
  }),
  'POST /tickets/:number/presence': door('401 403 404 404 404 204 204 204', {
    body: () => ({ doing: 'viewing' }),
  }),
  'POST /tickets/:number/prestation-previews': door('401 403 404 404 404 200 200 200', {
    body: () => ({
      workedOn: '2026-11-20',
      minutes: 20,
      kind: 'À distance',
      description: '',
      billable: true,
    }),
  }),
  'GET /prestations': door('401 403 403 403 403 200 200 200', {
    path: at(() => '/prestations?from=2026-11-01&to=2026-11-30'),
  }),
  'DELETE /companies/:id/packs/:pack': door('401 403 403 403 403 403 404 404', {
    path: at((w) => `/companies/${w.companyId}/packs/inconnu`),
    closedToAll: 'no pack was taken over here; that one is withdrawn is shown in take-over.int.test.ts',
  }),
  'POST /companies/:id/opening-invoices': door('401 403 403 403 403 403 201 201', {
    path: at((w) => `/companies/${w.companyId}/opening-invoices`),
    body: (w) => ({
      number: w.fresh('ancienne'),
      issuedOn: '2026-01-05',
      dueOn: '2026-02-05',
      amount: '121.00',
    }),
  }),
  'POST /opening-invoice-imports': door('401 403 403 403 403 403 422 422', {
    body: () => ({}),
    closedToAll:
      'a file comes as multipart; that finance takes one over is shown in take-over-tables.int.test.ts',
  }),
  'POST /opening-pack-imports': door('   401 403 403 403 403 403 422 422', {
    body: () => ({}),
    closedToAll:
      'a file comes as multipart; that finance takes one over is shown in take-over-tables.int.test.ts',
  }),
  'DELETE /opening-invoices/:id': door('401 404 404 404 404 404 404 404', {
    path: at(() => '/opening-invoices/inconnue'),
    closedToAll: 'none was taken over under that id; that one is withdrawn is shown in take-over.int.test.ts',
  }),
  'GET /reports/revenue': door(financeOnly, { path: at(() => '/reports/revenue?from=2026-01&to=2026-12') }),
  'GET /reports/ageing': door(financeOnly),
  'GET /reports/export': door(financeOnly, {
    path: at(() => '/reports/export?table=companies&from=2026-01&to=2026-12'),
  }),
  'GET /time-balance': door(financeOnly, { path: at(() => '/time-balance?month=2026-11') }),
  'GET /tickets/:number/prestations': door('401 200 404 404 404 200 200 200'),
  'POST /tickets/:number/prestations': door('401 403 404 404 404 201 201 201', {
    body: () => ({ workedOn: '2026-11-03', minutes: 5, kind: 'À distance', description: 'Appel' }),
  }),
  'PATCH /tickets/:number/prestations/:id': door('401 403 404 404 404 200 200 200', {
    path: at(async (w) => `/tickets/${w.number}/prestations/${await w.prestation()}`),
    body: () => ({ minutes: 6 }),
  }),
  'DELETE /tickets/:number/prestations/:id': door('401 403 404 404 404 204 204 204', {
    path: at(async (w) => `/tickets/${w.number}/prestations/${await w.prestation()}`),
  }),
  'GET /attachments/:id': door('      401 200 404 404 404 200 200 200', {
    path: at((w) => `/attachments/${w.attachmentId}`),
  }),
  'GET /events': door('               401 200 200 200 200 200 200 200'),
  'GET /notifications': door('        401 200 200 200 200 200 200 200'),
  'POST /notifications/viewed': door('401 204 204 204 204 204 204 204'),
  'POST /notifications/:id/viewed': door('401 204 404 404 404 404 404 404', {
    path: at(async (w) => `/notifications/${await w.notification()}/viewed`),
  }),

  'GET /companies/:id/contract': door('401 404 404 404 404 200 200 200', {
    path: at((w) => `/companies/${w.companyId}/contract`),
  }),
  'PUT /companies/:id/contract': door('401 404 404 404 404 403 200 200', {
    path: at((w) => `/companies/${w.companyId}/contract`),
    body: () => ({ rates: [{ kind: 'À distance', unit: 'hour', price: '90.00', vatRate: '21' }] }),
  }),
  'GET /companies/:id/next-invoice': door('401 200 404 404 404 404 200 200', {
    path: at((w) => `/companies/${w.companyId}/next-invoice`),
  }),
  'GET /companies/:id/packs': door('  401 200 404 404 404 200 200 200', {
    path: at((w) => `/companies/${w.companyId}/packs`),
  }),
  'POST /companies/:id/packs': door(' 401 403 404 404 404 403 201 201', {
    path: at((w) => `/companies/${w.companyId}/packs`),
    body: () => ({
      minutes: 60,
      price: '90.00',
      vatRate: '21',
      validFrom: '2026-01-01',
      validUntil: '2099-12-31',
    }),
  }),
  'GET /me/filters': door('           401 403 403 403 403 200 200 200'),
  'POST /me/filters': door('          401 403 403 403 403 200 200 200', {
    body: () => ({ name: 'Imprimantes', query: 'q=imprimante' }),
  }),
  'DELETE /me/filters/:id': door('    401 403 403 403 403 204 204 204', {
    path: at(() => '/me/filters/inconnu'),
  }),
  'GET /settings/replies': door('     401 403 403 403 403 200 200 200'),
  'POST /settings/replies': door('    401 403 403 403 403 200 403 200', {
    body: () => ({ name: 'Redémarrer', text: 'Bonjour {{client}}' }),
  }),
  'DELETE /settings/replies/:id': door('401 403 403 403 403 204 403 204', {
    path: at(() => '/settings/replies/inconnue'),
  }),
  'GET /settings/mail-texts': door('  401 403 403 403 403 403 403 200'),
  'PUT /settings/mail-texts': door('  401 403 403 403 403 403 403 200', {
    body: () => ({ signature: meaning, receipt: meaning }),
  }),
  'GET /settings/priorities': door('  401 200 200 200 200 200 200 200'),
  'PUT /settings/priorities': door('  401 403 403 403 403 403 403 200', {
    body: () => ({ low: meaning, normal: meaning, high: meaning, urgent: meaning }),
  }),
  'GET /settings/seller': door('      401 403 403 403 403 200 200 200'),
  'PUT /settings/seller': door(financeOnly, {
    body: () => ({ ...SELLER }),
  }),
  'GET /settings/series': door(financeOnly),
  'PUT /settings/series': door(financeOnly, { body: () => ({}) }),

  'POST /invoice-runs': door('        401 403 403 403 403 403 201 201', {
    body: () => ({ from: '2026-10-01', to: '2026-10-31' }),
  }),
  'GET /invoice-runs/:id': door('     401 404 404 404 404 404 200 200', {
    path: at((w) => `/invoice-runs/${w.runId}`),
  }),
  'POST /invoices': door('            401 403 403 403 403 403 201 201', {
    body: (w) => ({ companyId: w.companyId, lines: [line], allowances: [] }),
  }),
  'GET /invoices': door('             401 200 403 403 200 403 200 200'),
  'GET /invoices/:id': door('         401 200 404 404 404 404 200 200', {
    path: at((w) => `/invoices/${w.invoice.number}`),
  }),
  'PATCH /invoices/:id': door('       401 404 404 404 404 404 200 200', {
    path: at(async (w) => `/invoices/${await w.draft()}`),
    body: () => ({ reference: 'BC 12' }),
  }),
  'DELETE /invoices/:id': door('      401 404 404 404 404 404 204 204', {
    path: at(async (w) => `/invoices/${await w.draft()}`),
  }),
  'POST /invoices/:id/issue': door('  401 404 404 404 404 404 200 200', {
    path: at(async (w) => `/invoices/${await w.draft()}/issue`),
  }),
  'GET /invoices/:id/pdf': door('     401 200 404 404 404 404 200 200', {
    path: at((w) => `/invoices/${w.invoice.number}/pdf`),
  }),
  'GET /invoices/:id/ubl': door('     401 200 404 404 404 404 200 200', {
    path: at((w) => `/invoices/${w.invoice.number}/ubl`),
  }),
  'POST /invoices/:id/payments': door('401 403 404 404 404 404 201 201', {
    path: at(async (w) => `/invoices/${await w.issued()}/payments`),
    body: () => ({ amount: '1.00', paidOn: '2026-11-20' }),
  }),
  'POST /invoices/:id/credit-notes': door('401 403 404 404 404 404 201 201', {
    path: at(async (w) => `/invoices/${await w.issued()}/credit-notes`),
    body: () => ({ reason: 'Erreur' }),
  }),
  'GET /invoices/:id/delivery': door('401 403 404 404 404 404 200 200', {
    path: at((w) => `/invoices/${w.invoice.number}/delivery`),
  }),
  'POST /invoices/:id/delivery/retry': door('401 403 404 404 404 404 409 409', {
    path: at((w) => `/invoices/${w.invoice.number}/delivery/retry`),
  }),
  'GET /deliveries': door(financeOnly),
  'POST /webhooks/access-point': open(404, {
    body: () => ({ submissionId: 'faux', secret: 'faux' }),
    closedToAll: 'it asks for a secret that no access point was given here',
  }),
  'GET /settings/seller/logo': door(' 401 403 403 403 403 404 404 404', {
    closedToAll:
      'this house has no logo; that staff are shown one stands in services/billing/src/logo.int.test.ts',
  }),
  'PUT /settings/seller/logo': door(financeOnly, { body: () => ({}) }),
  'GET /receivables': door(financeOnly),
  // Nothing is overdue yet: 409 to those who may remind.
  'POST /invoices/:id/reminders': door('401 403 404 404 404 404 409 409', {
    path: at(async (w) => `/invoices/${await w.issued()}/reminders`),
    body: () => ({ level: 1 }),
  }),
  'PATCH /invoices/:id/reminders': door('401 403 404 404 404 404 200 200', {
    path: at((w) => `/invoices/${w.invoice.number}/reminders`),
    body: () => ({ paused: false }),
  }),
  'GET /settings/reminders': door(financeOnly),
  'PUT /settings/reminders': door(financeOnly, {
    body: () => ({ automatic: false, daysLate: [7, 21, 35] }),
  }),
  'GET /invoice-exports': door(financeOnly, {
    path: at(() => '/invoice-exports?from=2026-01-01&to=2026-12-31&format=csv'),
  }),
  'GET /invoice-verification': door(financeOnly),
  'POST /invoices/:id/questions': door('401 201 404 404 404 404 403 403', {
    path: at((w) => `/invoices/${w.invoice.number}/questions`),
    body: (w) => ({ line: w.invoice.line, text: 'Pourquoi ?' }),
  }),

  'GET /mail/ledger': door('          401 403 403 403 403 200 200 200'),
  'GET /mail/quarantine': door('      401 403 403 403 403 200 200 200'),
  'GET /mail/outbox': door('          401 403 403 403 403 200 200 200'),
  'GET /mail/:id/raw': door('         401 404 404 404 404 200 403 200', {
    path: at((w) => `/mail/${w.mailId}/raw`),
  }),
  'POST /mail/outbox/:id/resend': door('401 404 404 404 404 409 403 409', {
    path: at((w) => `/mail/outbox/${w.outgoingId}/resend`),
  }),
  'POST /mail/replays': door('        401 403 403 403 403 200 403 200', {
    body: () => ({ address: 'personne@nulle-part.test' }),
  }),
  'POST /mail/:id/replay': door('     401 404 404 404 404 200 403 200', {
    path: at((w) => `/mail/${w.mailId}/replay`),
  }),
  'POST /mail/:id/ticket': door('     401 404 404 404 404 200 403 200', {
    path: at(async (w) => `/mail/${await w.quarantined()}/ticket`),
    body: (w) => ({ requesterId: w.id('owner') }),
  }),
  'POST /mail/:id/drop': door('       401 404 404 404 404 200 403 200', {
    path: at(async (w) => `/mail/${await w.quarantined()}/drop`),
  }),
  'GET /dead-letters': door('         401 403 403 403 403 403 403 200'),
  'POST /dead-letters/:id/retry': door('401 404 404 404 404 404 404 404', {
    path: at(() => '/dead-letters/ticket~aW5jb25udQ/retry'),
    closedToAll: 'no event of this world is dead; that an admin retries one is shown in libs/delivery',
  }),
}
