/**
 * The calls of spec/http-api.md, "HTTP, under `/api/v1`", line by line: method and path, the status of success, and
 * the refusals that the page names. What is written there is kept for ever; a line may be added, none changed.
 */
export interface PromisedCall {
  call: string
  answers: number
  refuses?: readonly number[]
  /** Members that the page names: of the body that is sent, of the query, of the answer (`items.x`: of each item). */
  body?: readonly string[]
  query?: readonly string[]
  says?: readonly string[]
  /** Also `multipart/form-data` with `files`. */
  files?: true
  /** Honours `Idempotency-Key`. */
  creates?: true
}

const page = ['limit', 'cursor'] as const
const list = ['items', 'next'] as const
const message = ['text', 'internal'] as const
const problem = { links: [410, 422], steps: [409] } as const
const seller = [
  'name',
  'legalName',
  'legalForm',
  'vatNumber',
  'enterpriseNumber',
  'registry',
  'address',
  'iban',
  'bic',
  'email',
  'phone',
  'vatRegime',
  'invoiceLanguage',
] as const
const company = [
  'name',
  'legalName',
  'vatNumber',
  'enterpriseNumber',
  'address',
  'language',
  'priorityLocked',
  'managersSeeAll',
] as const
const invitation = ['email', 'name', 'roles', 'language'] as const
const ticketRow = [
  'number',
  'subject',
  'status',
  'priority',
  'requester',
  'assignee',
  'openedAt',
  'updatedAt',
  'unread',
]
const contract = [
  'rates',
  'rounding',
  'vatRegime',
  'paymentTermDays',
  'buyerReference',
  'language',
  'customersSeeTime',
] as const
const invoice = [
  'id',
  'number',
  'kind',
  'status',
  'issuedOn',
  'dueOn',
  'company',
  'lines',
  'totals',
  'currency',
  'structuredReference',
] as const
const ledgerRow = [
  'id',
  'messageId',
  'receivedAt',
  'from',
  'to',
  'subject',
  'outcome',
  'reason',
  'ticket',
  'bounce',
]

export const PROMISED: readonly PromisedCall[] = [
  { call: 'POST /session', answers: 200, refuses: [401], body: ['login', 'password'], says: ['account'] },
  { call: 'DELETE /session', answers: 204 },
  { call: 'GET /me', answers: 200, refuses: [401] },
  {
    call: 'POST /activation',
    answers: 200,
    refuses: problem.links,
    body: ['token', 'password'],
    says: ['account'],
  },
  { call: 'POST /password-resets', answers: 202, body: ['email'] },
  { call: 'PUT /password-resets/{token}', answers: 200, refuses: problem.links, body: ['password'] },

  {
    call: 'POST /tokens',
    answers: 201,
    body: ['name', 'roles', 'expiresAt'],
    says: ['token'],
    creates: true,
  },
  { call: 'GET /tokens', answers: 200, query: page, says: list },
  { call: 'DELETE /tokens/{id}', answers: 204 },

  { call: 'GET /companies', answers: 200, query: page, says: list },
  { call: 'POST /companies', answers: 201, body: company, says: ['id', ...company], creates: true },
  { call: 'GET /companies/{id}', answers: 200, says: ['id', ...company] },
  { call: 'PATCH /companies/{id}', answers: 200, body: company },
  { call: 'GET /companies/{id}/accounts', answers: 200, query: page, says: list },
  {
    call: 'POST /companies/{id}/accounts',
    answers: 201,
    body: invitation,
    says: ['id', 'status'],
    creates: true,
  },
  { call: 'PATCH /accounts/{id}', answers: 200, body: ['status', 'roles', 'language'] },
  { call: 'POST /accounts/{id}/invitation', answers: 200 },
  { call: 'POST /accounts', answers: 201, body: invitation, says: ['id', 'status'], creates: true },
  { call: 'GET /accounts/{id}/addresses', answers: 200 },
  { call: 'POST /accounts/{id}/addresses', answers: 201, body: ['address'], creates: true },
  { call: 'DELETE /accounts/{id}/addresses/{address}', answers: 204 },

  {
    call: 'POST /tickets',
    answers: 201,
    body: ['subject', 'description', 'priority', 'requesterId', 'via'],
    says: ['number', 'status', 'priority', 'subject'],
    files: true,
    creates: true,
  },
  {
    call: 'GET /tickets',
    answers: 200,
    query: ['view', 'status', 'assignee', 'company', 'q', 'sort', ...page],
    says: [...list, ...ticketRow.map((name) => `items.${name}`)],
  },
  { call: 'GET /tickets/{number}', answers: 200, says: ['number', 'timeline'] },
  { call: 'GET /tickets/{number}/timeline', answers: 200, query: ['after'], says: list },
  { call: 'PATCH /tickets/{number}', answers: 200, body: ['priority', 'subject'] },
  { call: 'POST /tickets/{number}/messages', answers: 201, body: message, files: true, creates: true },
  ...['accept', 'wait', 'resume', 'close', 'reopen'].map((step) => ({
    call: `POST /tickets/{number}/${step}`,
    answers: 200,
    refuses: problem.steps,
  })),
  { call: 'POST /tickets/{number}/assign', answers: 200, refuses: problem.steps, body: ['accountId'] },
  { call: 'POST /tickets/{number}/merge', answers: 200, refuses: problem.steps, body: ['into'] },
  { call: 'GET /tickets/{number}/prestations', answers: 200, query: page, says: list },
  {
    call: 'POST /tickets/{number}/prestations',
    answers: 201,
    body: ['workedOn', 'minutes', 'quantity', 'kind', 'description', 'billable'],
    creates: true,
  },
  { call: 'PATCH /tickets/{number}/prestations/{id}', answers: 200, refuses: [409] },
  { call: 'DELETE /tickets/{number}/prestations/{id}', answers: 204, refuses: [409] },
  { call: 'GET /attachments/{id}', answers: 200, refuses: [404] },

  { call: 'GET /notifications', answers: 200, query: ['unread', ...page], says: ['items', 'unread'] },
  { call: 'POST /notifications/{id}/viewed', answers: 204 },
  { call: 'POST /notifications/viewed', answers: 204 },
  { call: 'GET /events', answers: 200 },

  { call: 'GET /companies/{id}/contract', answers: 200, says: contract },
  { call: 'PUT /companies/{id}/contract', answers: 200, body: contract },
  { call: 'GET /companies/{id}/packs', answers: 200, query: page, says: list },
  {
    call: 'POST /companies/{id}/packs',
    answers: 201,
    body: ['minutes', 'price', 'vatRate', 'validFrom', 'validUntil'],
    says: ['id', 'remainingMinutes'],
    creates: true,
  },
  { call: 'GET /settings/priorities', answers: 200 },
  { call: 'PUT /settings/priorities', answers: 200 },
  { call: 'GET /settings/series', answers: 200, says: ['invoice', 'creditNote'] },
  { call: 'PUT /settings/series', answers: 200, body: ['invoice', 'creditNote'] },
  { call: 'GET /settings/seller', answers: 200 },
  { call: 'PUT /settings/seller', answers: 200, body: seller, says: seller },

  {
    call: 'POST /invoice-runs',
    answers: 201,
    body: ['from', 'to', 'companyId'],
    says: ['id', 'drafts'],
    creates: true,
  },
  { call: 'GET /invoice-runs/{id}', answers: 200, says: ['id', 'drafts'] },
  {
    call: 'POST /invoices',
    answers: 201,
    body: ['companyId', 'lines', 'allowances', 'prepaid', 'reference'],
    says: ['id', 'lines', 'totals'],
    creates: true,
  },
  { call: 'PATCH /invoices/{id}', answers: 200, refuses: [409] },
  { call: 'DELETE /invoices/{id}', answers: 204, refuses: [409] },
  { call: 'GET /invoices', answers: 200, query: ['company', 'status', ...page], says: list },
  { call: 'POST /invoices/{id}/issue', answers: 200, says: ['number'] },
  { call: 'GET /invoices/{id}', answers: 200, says: invoice },
  { call: 'GET /invoices/{id}/pdf', answers: 200 },
  { call: 'GET /invoices/{id}/ubl', answers: 200 },
  { call: 'POST /invoices/{id}/payments', answers: 201, creates: true },
  {
    call: 'POST /invoices/{id}/credit-notes',
    answers: 201,
    body: ['reason', 'lines'],
    says: ['number'],
    creates: true,
  },

  {
    call: 'GET /mail/ledger',
    answers: 200,
    query: page,
    says: [...list, 'totals', ...ledgerRow.map((name) => `items.${name}`)],
  },
  { call: 'GET /mail/quarantine', answers: 200, query: page, says: list },
  { call: 'GET /mail/{id}/raw', answers: 200 },
  { call: 'POST /mail/{id}/replay', answers: 200 },
  { call: 'POST /mail/{id}/ticket', answers: 200 },
  { call: 'POST /mail/{id}/drop', answers: 200 },
  { call: 'GET /dead-letters', answers: 200, says: list },
  { call: 'POST /dead-letters/{id}/retry', answers: 204 },
]
