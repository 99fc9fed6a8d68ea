/** The objects whose audit log can be asked for: what they are called in an address, and who keeps them. */
import type { SERVICES } from './services.ts'

type Service = (typeof SERVICES)[number]

export const AUDITED = {
  tickets: { service: 'ticket', collection: 'tickets' },
  priorities: { service: 'ticket', collection: 'ticket-settings' },
  'canned-replies': { service: 'ticket', collection: 'ticket-canned-replies' },
  'mail-texts': { service: 'notification', collection: 'mail-texts' },
  companies: { service: 'identity', collection: 'companies' },
  accounts: { service: 'identity', collection: 'accounts' },
  'access-rules': { service: 'identity', collection: 'access-rules' },
  addresses: { service: 'identity', collection: 'sender-addresses' },
  contracts: { service: 'billing', collection: 'contracts' },
  packs: { service: 'billing', collection: 'pack-ledgers' },
  prestations: { service: 'billing', collection: 'prestations' },
  invoices: { service: 'billing', collection: 'invoices' },
  seller: { service: 'billing', collection: 'sellers' },
  logo: { service: 'billing', collection: 'logos' },
  series: { service: 'billing', collection: 'invoice-series' },
  reminders: { service: 'billing', collection: 'reminder-settings' },
  'received-mails': { service: 'mail-gateway', collection: 'received-mails' },
  'outgoing-mails': { service: 'mail-gateway', collection: 'outgoing-mails' },
} as const satisfies Record<string, { service: Service; collection: string }>
export type AuditedKind = keyof typeof AUDITED

export const isAuditedKind = (given: string): given is AuditedKind => Object.hasOwn(AUDITED, given)
