/**
 * Who is answered what by each request on the bus, asked with a token of each caller, and of a service: there is no
 * gateway in between that would refuse first. 200: answered; 401 unauthenticated, 403 forbidden, 404 not-found; any
 * other failure by its code. A new request needs a row: who gets what, and an input that is right in form.
 */
import { SELLER } from '../testing/seller.ts'
import { CALLERS, PASSWORD, type Caller, type World } from './world.ts'

export interface RequestDoor {
  /** For each of `CALLERS`, then for the service. */
  answers: readonly string[]
  input: (world: World, caller: Caller | 'service') => object | Promise<object>
  /** The service that asks; default one that is named nowhere. */
  as?: string
  /** Nobody is answered here, and why no more can be shown. */
  closedToAll?: string
}

type Input = RequestDoor['input']
type More = Omit<RequestDoor, 'answers' | 'input'>

function ask(answers: string, input: Input = () => ({}), more: More = {}): RequestDoor {
  const each = answers.trim().split(/\s+/)
  if (each.length !== CALLERS.length + 1)
    throw new Error(`"${answers}" must name ${CALLERS.length + 1} answers`)
  return { answers: each, input, ...more }
}

const anyone = (answer: string, input: Input = () => ({}), more: More = {}) =>
  ask(`${answer} `.repeat(CALLERS.length + 1), input, more)

const clientAddress = '127.0.0.1'
const secret = 'Boulangerie-2026!'
const meaning = { fr: 'Sens', nl: 'Betekenis', en: 'Meaning' }
const line = { description: 'Clavier', quantity: '1', unit: 'piece', price: '25.00', vatRate: '21' }
const noDead = 'no event of this world is dead; that an admin retries one is shown in libs/delivery'
const number: Input = (w) => ({ number: w.number })
const inStatus =
  (status: 'new' | 'open' | 'waiting' | 'closed'): Input =>
  async (w) => ({ number: await w.ticket(status) })
const invoice: Input = (w) => ({ id: w.invoice.number })
const draft: Input = async (w) => ({ id: await w.draft() })
const nobodyElse = '401 403 403 403 403 403 403 403 200'

//                                     stranger owner colleague other rival agent finance admin service
const signedIn = '                     401 200 200 200 200 200 200 200 403'
const ofTicket = '                     401 200 404 404 404 200 200 200 403'
const byAgents = '                     401 403 404 404 404 200 403 200 403'
const byParties = '                    401 200 404 404 404 200 403 200 403'
const finance = '                      401 403 403 403 403 403 200 200 403'
const onInvoice = '                    401 403 404 404 404 404 200 200 403'
const onDraft = '                      401 404 404 404 404 404 200 200 403'
const onMail = '                       401 404 404 404 404 200 403 200 404'

const OWN: Record<string, RequestDoor> = {
  'identity.sign-in': anyone('wrong-credentials', (w) => ({
    login: w.fresh('inconnu'),
    password: 'faux',
    clientAddress: w.fresh('place'),
  })),
  'identity.begin-sign-in': anyone('wrong-credentials', (w) => ({
    login: w.fresh('inconnu'),
    password: 'faux',
    clientAddress: w.fresh('place'),
  })),
  'identity.finish-sign-in': anyone('sign-in-over', (w) => ({
    pending: 'faux',
    code: '123456',
    clientAddress: w.fresh('place'),
  })),
  'identity.sign-in-for-evaluation': anyone('404', () => ({ link: 'faux', clientAddress }), {
    closedToAll: 'this is no evaluation: there is no such link',
  }),
  'identity.sign-out': anyone('200', () => ({ session: 'fausse' })),
  'identity.resolve-session': anyone('401', () => ({ session: 'fausse' })),
  'identity.resolve-bearer': anyone('401', () => ({ bearer: 'faux' })),
  'identity.get-signing-key': anyone('200'),
  'identity.activate': anyone('token-gone', (w) => ({
    token: 'faux',
    password: secret,
    clientAddress: w.fresh('place'),
  })),
  'identity.get-activation': anyone('token-gone', () => ({ token: 'faux', purpose: 'activation' })),
  'identity.request-password-reset': anyone('200', (w) => ({
    email: `${w.fresh('inconnu')}@nulle-part.test`,
    clientAddress: w.fresh('place'),
  })),
  'identity.reset-password': anyone('token-gone', (w) => ({
    token: 'faux',
    password: secret,
    clientAddress: w.fresh('place'),
  })),
  'identity.get-link-token': ask(nobodyElse, async (w) => ({ linkId: await w.link() }), {
    as: 'notification',
  }),
  'identity.create-api-token': ask('     401 403 403 403 403 403 403 200 403', () => ({
    name: 'caisse',
    roles: ['agent'],
  })),
  'identity.list-api-tokens': ask('      401 403 403 403 403 403 403 200 403'),
  'identity.revoke-api-token': ask('     401 404 404 404 404 404 404 200 404', async (w) => ({
    id: await w.apiToken(),
  })),
  'identity.register-company': ask('     401 403 403 403 403 403 403 200 403', () => ({
    company: { name: 'Neuve SA' },
  })),
  'identity.list-companies': ask('       401 200 200 200 200 200 200 200 200'),
  'identity.get-company': ask('          401 200 200 404 404 200 200 200 200', (w) => ({ id: w.companyId })),
  'identity.change-company': ask('       401 403 403 404 404 403 403 200 403', (w) => ({
    id: w.companyId,
    changes: { priorityLocked: false },
  })),
  'identity.invite-account': ask('       401 200 403 404 404 200 403 200 403', (w) => ({
    companyId: w.companyId,
    email: `${w.fresh('nouveau')}@nouveau.test`,
    name: 'Nouveau',
    roles: ['customer'],
  })),
  'identity.list-accounts': ask('        401 200 403 404 404 200 200 200 200', (w) => ({
    companyId: w.companyId,
  })),
  'identity.get-account': ask('          401 200 404 404 404 200 200 200 200', (w) => ({
    id: w.id('owner'),
  })),
  'identity.get-accounts': ask(nobodyElse, (w) => ({ ids: [w.id('owner')] })),
  'identity.list-staff': ask(nobodyElse, () => ({ roles: ['agent'] })),
  'identity.change-account': ask('       401 200 404 404 404 403 403 200 403', (w) => ({
    id: w.id('owner'),
    changes: { language: 'fr' },
  })),
  'identity.resend-invitation': ask('    401 200 404 404 404 200 403 200 403', async (w) => ({
    id: await w.invited(),
  })),
  'identity.list-addresses': ask('       401 200 404 404 404 200 200 200 200', (w) => ({
    accountId: w.id('owner'),
  })),
  'identity.add-address': ask('          401 200 404 404 404 200 403 200 403', (w) => ({
    accountId: w.id('owner'),
    address: `${w.fresh('autre')}@nouveau.test`,
  })),
  'identity.remove-address': ask('       401 200 404 404 404 200 403 200 403', async (w) => ({
    accountId: w.id('owner'),
    address: await w.senderAddress(),
  })),
  'identity.list-sessions': ask('        401 200 200 200 200 200 200 200 403'),
  'identity.end-session': ask('          401 404 404 404 404 404 404 404 403', () => ({ id: 'fausse' }), {
    closedToAll: 'nobody here has this session; that one ends one’s own is shown in own-account.int.test.ts',
  }),
  // These two end the sessions of the walk's pages; the walk of the requests is the last, and asks without them.
  'identity.end-other-sessions': ask('   401 200 200 200 200 200 200 200 403', () => ({ clientAddress })),
  // Of people of the house alone.
  'identity.get-second-factor': ask('    401 403 403 403 403 200 200 200 403'),
  'identity.offer-second-factor': ask('  401 403 403 403 403 200 200 200 403', () => ({
    password: PASSWORD,
    clientAddress,
  })),
  'identity.read-second-factor-offer': ask(
    '401 403 403 403 403 offer-over offer-over offer-over 403',
    () => ({ offer: 'faux' }),
    { closedToAll: 'an offer is its asker’s own: second-factor.int.test.ts reads one' },
  ),
  'identity.turn-on-second-factor': ask(
    '401 403 403 403 403 offer-over offer-over offer-over 403',
    () => ({ offer: 'faux', code: '123456', clientAddress }),
    { closedToAll: 'everybody here signs in by password alone: second-factor.int.test.ts turns it on' },
  ),
  'identity.turn-off-second-factor': ask(
    '401 403 403 403 403 second-factor-off second-factor-off second-factor-off 403',
    () => ({ password: PASSWORD, code: '123456', clientAddress }),
    { closedToAll: 'nobody here has one: second-factor.int.test.ts turns it off' },
  ),
  'identity.renew-recovery-codes': ask(
    '401 403 403 403 403 second-factor-off second-factor-off second-factor-off 403',
    () => ({ password: PASSWORD, code: '123456', clientAddress }),
    { closedToAll: 'nobody here has one: second-factor.int.test.ts renews them' },
  ),
  'identity.reset-second-factor': ask(
    '401 404 404 404 404 403 403 second-factor-off 404',
    (w) => ({ accountId: w.id('agent') }),
    { closedToAll: 'nobody here has one: in second-factor.int.test.ts an admin resets a colleague’s' },
  ),
  'identity.get-access-rules': ask('     401 403 403 403 403 403 403 200 403'),
  'identity.put-access-rules': ask('     401 403 403 403 403 403 403 200 403', () => ({
    rules: { staffSecondFactor: false },
  })),
  'identity.change-password': ask('      401 200 200 200 200 200 200 200 403', () => ({
    current: PASSWORD,
    password: PASSWORD,
    clientAddress,
  })),
  'identity.claim-address': ask('        401 200 200 200 200 200 200 200 403', (w) => ({
    address: `${w.fresh('autre')}@nouveau.test`,
  })),
  'identity.get-address-claim': anyone('token-gone', (w) => ({
    token: 'faux',
    clientAddress: w.fresh('place'),
  })),
  'identity.confirm-address': anyone('token-gone', (w) => ({
    token: 'faux',
    clientAddress: w.fresh('place'),
  })),
  'identity.import-clients': ask('      401 403 403 403 403 403 403 table-missing 403', () => ({
    blobId: 'inconnu',
    commit: false,
  })),
  'identity.find-sender': ask(nobodyElse, () => ({ address: 'owner@kumquat.test' })),

  'ticket.open-ticket': ask(signedIn, () => ({ subject: 'Panne', description: 'Depuis ce matin.' })),
  'ticket.list-tickets': ask(signedIn),
  'ticket.count-queue': ask('            401 403 403 403 403 200 200 200 403'),
  'ticket.get-ticket': ask(ofTicket, number),
  'ticket.get-timeline': ask(ofTicket, number),
  'ticket.change-ticket': ask(byAgents, (w) => ({
    number: w.number,
    changes: { subject: w.fresh('Kumquat-Secret') },
  })),
  'ticket.post-message': ask(byParties, (w) => ({ number: w.number, text: 'Bonjour' })),
  'ticket.accept-ticket': ask(byAgents, inStatus('new')),
  'ticket.wait-ticket': ask(byAgents, inStatus('open')),
  'ticket.resume-ticket': ask(byAgents, inStatus('waiting')),
  'ticket.close-ticket': ask(byParties, inStatus('open')),
  'ticket.reopen-ticket': ask(byParties, inStatus('closed')),
  'ticket.assign-ticket': ask(byAgents, (w) => ({ number: w.number, accountId: w.id('agent') })),
  'ticket.merge-ticket': ask(byAgents, async (w) => ({ number: await w.ticket('open'), into: w.number })),
  'ticket.mark-read': ask(ofTicket, number),
  'ticket.show-presence': ask('          401 403 404 404 404 200 200 200 403', (w) => ({
    number: w.number,
    doing: 'viewing',
  })),
  'ticket.open-attachment': ask(ofTicket, (w) => ({ id: w.attachmentId })),
  'ticket.list-saved-filters': ask('   401 403 403 403 403 200 200 200 403'),
  'ticket.save-filter': ask('          401 403 403 403 403 200 200 200 403', () => ({
    name: 'Imprimantes',
    query: 'q=imprimante',
  })),
  'ticket.remove-saved-filter': ask('  401 403 403 403 403 200 200 200 403', () => ({ id: 'inconnu' })),
  'ticket.list-canned-replies': ask('  401 403 403 403 403 200 200 200 403'),
  'ticket.put-canned-reply': ask('     401 403 403 403 403 200 403 200 403', () => ({
    name: 'Redémarrer',
    text: 'Bonjour {{client}}',
  })),
  'ticket.remove-canned-reply': ask('  401 403 403 403 403 200 403 200 403', () => ({ id: 'inconnue' })),
  'notification.get-mail-texts': ask('    401 403 403 403 403 403 403 200 403'),
  'notification.put-mail-texts': ask('    401 403 403 403 403 403 403 200 403', () => ({
    texts: { signature: meaning, receipt: meaning },
  })),
  'ticket.get-priorities': ask(signedIn),
  'ticket.put-priorities': ask('         401 403 403 403 403 403 403 200 403', () => ({
    priorities: { low: meaning, normal: meaning, high: meaning, urgent: meaning },
  })),
  'ticket.get-facts': ask(nobodyElse, number),
  'ticket.get-archive-material': ask(nobodyElse, number, { as: 'archiver' }),
  'archiver.get-archived-ticket': ask('  401 403 403 403 403 403 403 403 404', number, {
    as: 'ticket',
    closedToAll: 'nothing is archived in this world: 404 is what the ticket service itself gets',
  }),

  'notification.list-notifications': ask(signedIn),
  'notification.mark-viewed': ask('      401 200 404 404 404 404 404 404 403', async (w) => ({
    id: await w.notification(),
  })),
  'notification.mark-all-viewed': ask(signedIn),

  'billing.log-prestation': ask('        401 403 404 404 404 200 200 200 403', (w) => ({
    ticket: w.number,
    prestation: { workedOn: '2026-11-03', minutes: 5, kind: 'À distance', description: 'Appel' },
  })),
  'billing.preview-prestation': ask('    401 403 404 404 404 200 200 200 403', (w) => ({
    ticket: w.number,
    prestation: { workedOn: '2026-11-20', minutes: 20, kind: 'À distance', description: '', billable: true },
  })),
  'billing.list-agent-prestations': ask('401 403 403 403 403 200 200 200 403', () => ({
    from: '2026-11-01',
    to: '2026-11-30',
  })),
  'billing.get-time-balance': ask(finance, () => ({ month: '2026-11' })),
  'billing.list-prestations': ask('      401 200 404 404 404 200 200 200 200', (w) => ({ ticket: w.number })),
  'billing.change-prestation': ask('     401 403 404 404 404 200 200 200 403', async (w) => ({
    ticket: w.number,
    id: await w.prestation(),
    changes: { minutes: 6 },
  })),
  'billing.remove-prestation': ask('     401 403 404 404 404 200 200 200 403', async (w) => ({
    ticket: w.number,
    id: await w.prestation(),
  })),
  'billing.get-contract': ask('          401 404 404 404 404 200 200 200 200', (w) => ({
    companyId: w.companyId,
  })),
  'billing.put-contract': ask('          401 404 404 404 404 403 200 200 403', (w) => ({
    companyId: w.companyId,
    terms: { rates: [{ kind: 'À distance', unit: 'hour', price: '90.00', vatRate: '21' }] },
  })),
  'billing.list-packs': ask('            401 200 404 404 404 200 200 200 200', (w) => ({
    companyId: w.companyId,
  })),
  'billing.sell-pack': ask('             401 403 404 404 404 403 200 200 403', (w) => ({
    companyId: w.companyId,
    pack: { minutes: 60, price: '90.00', vatRate: '21', validFrom: '2026-01-01', validUntil: '2099-12-31' },
  })),
  'billing.get-seller': ask('            401 403 403 403 403 200 200 200 200'),
  'billing.put-seller': ask(finance, () => ({ seller: SELLER })),
  'billing.get-logo': ask('              401 403 403 403 403 200 200 200 200'),
  'billing.put-logo': ask(finance, () => ({ logo: null })),
  'billing.get-series': ask(finance),
  'billing.put-series': ask(finance, () => ({ series: {} })),
  'billing.run-invoices': ask(finance, () => ({ from: '2026-10-01', to: '2026-10-31' })),
  'billing.get-invoice-run': ask('       401 404 404 404 404 404 200 200 404', (w) => ({ id: w.runId })),
  'billing.draft-invoice': ask(finance, (w) => ({ invoice: { companyId: w.companyId, lines: [line] } })),
  'billing.change-draft': ask(onDraft, async (w) => ({
    id: await w.draft(),
    changes: { reference: 'BC 12' },
  })),
  'billing.discard-draft': ask(onDraft, draft),
  'billing.issue-invoice': ask(onDraft, draft),
  'billing.list-invoices': ask('         401 200 403 403 200 403 200 200 200'),
  'billing.get-invoice': ask('           401 200 404 404 404 404 200 200 200', invoice),
  'billing.get-invoice-document': ask('  401 200 404 404 404 404 200 200 200', (w) => ({
    id: w.invoice.number,
    format: 'pdf',
  })),
  'billing.record-payment': ask(onInvoice, async (w) => ({
    id: await w.issued(),
    payment: { amount: '1.00', paidOn: '2026-11-20' },
  })),
  'billing.credit-invoice': ask(onInvoice, async (w) => ({
    id: await w.issued(),
    creditNote: { reason: 'Erreur' },
  })),
  'billing.phrase-question': ask('       401 200 404 404 404 404 403 403 403', (w) => ({
    id: w.invoice.number,
    line: w.invoice.line,
    text: 'Pourquoi ?',
  })),
  'billing.withdraw-pack': ask('          401 403 403 403 403 403 404 404 403', (w) => ({
    companyId: w.companyId,
    id: 'inconnu',
  })),
  'billing.take-over-invoice': ask('     401 403 403 403 403 403 200 200 403', (w) => ({
    companyId: w.companyId,
    invoice: { number: w.fresh('ancienne'), issuedOn: '2026-01-05', dueOn: '2026-02-05', amount: '121.00' },
  })),
  'billing.take-over-invoices': ask('    401 403 403 403 403 403 table-missing table-missing 403', () => ({
    blobId: 'inconnu',
    commit: true,
  })),
  'billing.take-over-packs': ask('       401 403 403 403 403 403 table-missing table-missing 403', () => ({
    blobId: 'inconnu',
    commit: true,
  })),
  'billing.withdraw-invoice': ask('      401 404 404 404 404 404 404 404 403', () => ({ id: 'inconnue' })),
  'billing.get-revenue': ask(finance, () => ({ from: '2026-01', to: '2026-12' })),
  'billing.get-ageing': ask(finance),
  'billing.export-report': ask(finance, () => ({ table: 'ageing', from: '2026-01', to: '2026-12' })),
  'billing.list-receivables': ask(finance),
  'billing.remind-of-invoice': ask('401 403 404 404 404 404 invoice-not-late invoice-not-late 403', (w) => ({
    id: w.invoice.number,
    level: 1,
  })),
  'billing.pause-reminders': ask(onInvoice, (w) => ({ id: w.invoice.number, paused: false })),
  'billing.get-reminder-settings': ask(finance),
  'billing.put-reminder-settings': ask(finance, () => ({
    settings: { automatic: false, daysLate: [7, 21, 35] },
  })),
  'billing.export-invoices': ask(finance, () => ({ from: '2026-01-01', to: '2026-12-31', format: 'csv' })),
  'billing.verify-documents': ask(finance),
  'billing.hold-prestation': ask('       401 403 404 404 404 403 200 200 403', async (w) => ({
    ticket: w.number,
    id: await w.prestation(),
    reason: 'À vérifier',
  })),
  'billing.release-prestation': ask('    401 403 404 404 404 403 200 200 403', async (w) => ({
    ticket: w.number,
    id: await w.prestation(),
  })),
  'billing.foresee-invoice': ask('       401 200 404 404 404 404 200 200 403', (w) => ({
    companyId: w.companyId,
  })),
  'billing.list-unbilled': ask(finance, () => ({ until: '2026-11-30' })),
  'billing.get-delivery': ask(onInvoice, invoice),
  'billing.list-deliveries': ask(finance),
  'billing.retry-delivery': ask(
    '401 403 404 404 404 404 delivery-not-failed delivery-not-failed 403',
    invoice,
  ),
  'billing.note-delivery-news': anyone('404', () => ({ submissionId: 'faux', secret: 'faux' }), {
    closedToAll: 'it asks for a secret that no access point was given here',
  }),

  'mail-gateway.list-ledger': ask('      401 403 403 403 403 200 200 200 403', () => ({ language: 'fr' })),
  'mail-gateway.get-ledger-row': ask('    401 404 404 404 404 200 200 200 404', (w) => ({
    id: w.mailId,
    language: 'fr',
  })),
  'mail-gateway.get-raw-mail': ask(onMail, (w) => ({ id: w.mailId })),
  'mail-gateway.replay-mail': ask(onMail, (w) => ({ id: w.mailId, language: 'fr' })),
  'mail-gateway.resend-mail': ask(
    '     401 404 404 404 404 mail-not-resendable 403 mail-not-resendable 404',
    (w) => ({
      id: w.outgoingId,
    }),
  ),
  'mail-gateway.replay-sender': ask('    401 403 403 403 403 200 403 200 403', () => ({
    address: 'personne@nulle-part.test',
    language: 'fr',
  })),
  'mail-gateway.open-ticket-from-mail': ask(onMail, async (w) => ({
    id: await w.quarantined(),
    requesterId: w.id('owner'),
    language: 'fr',
  })),
  'mail-gateway.drop-mail': ask(onMail, async (w) => ({ id: await w.quarantined(), language: 'fr' })),
  'mail-gateway.list-outbox': ask('      401 403 403 403 403 200 200 200 403'),
  'mail-gateway.get-outgoing-mail': ask('401 404 404 404 404 200 200 200 404', (w) => ({ id: w.outgoingId })),
}

/** What every service answers alike. */
function standard(service: string): Record<string, RequestDoor> {
  return {
    [`${service}.describe-errors`]: anyone('200'),
    [`${service}.list-dead-letters`]: ask('401 403 403 403 403 403 403 200 403'),
    [`${service}.retry-dead-letter`]: ask(
      '401 404 404 404 404 404 404 404 404',
      () => ({ id: `${service}~aW5jb25udQ` }),
      { closedToAll: noDead },
    ),
    [`${service}.list-history`]: audited(service),
    [`${service}.replay-history`]: ask(nobodyElse, () => ({ subjects: ['ticket.opened'] })),
  }
}

export function requestDoors(services: readonly string[]): Record<string, RequestDoor> {
  return Object.assign({ ...OWN }, ...services.map(standard)) as Record<string, RequestDoor>
}

/** One object of each service that shows any. */
const AUDITED: Record<string, Input> = {
  identity: (w) => ({ collection: 'accounts', id: w.id('owner') }),
  ticket: (w) => ({ collection: 'tickets', id: String(w.number) }),
  billing: (w) => ({ collection: 'invoices', id: w.invoice.id }),
  'mail-gateway': (w) => ({ collection: 'received-mails', id: w.mailId }),
}

function audited(service: string): RequestDoor {
  const input = AUDITED[service]
  return input
    ? ask('401 404 404 404 404 404 404 200 404', input)
    : ask('401 404 404 404 404 404 404 404 404', () => ({ collection: 'notifications', id: '1' }), {
        closedToAll: 'it shows no object to anybody',
      })
}
