/** The portal, page by page. */
import type { Page } from '../page.ts'
import { reportPages } from './reports.tsx'
import { unbilledPages } from './unbilled.tsx'
import { auditPage } from './audit.tsx'
import { accountPages } from './account/index.tsx'
import { companyPages } from './companies/index.ts'
import { invoicePages } from './invoices/index.ts'
import { mailPages } from './mail/index.ts'
import { newTicketPages } from './new-ticket.tsx'
import { notificationPages } from './notifications.tsx'
import { settingsPages } from './settings/index.ts'
import { signInPages } from './sign-in.tsx'
import { timePages } from './time.tsx'
import { ticketListPages } from './ticket-list.tsx'
import { ticketPages } from './ticket/index.tsx'

export const pages: readonly Page[] = [
  ...signInPages,
  ...ticketListPages,
  ...newTicketPages,
  ...ticketPages,
  ...timePages,
  ...notificationPages,
  ...accountPages,
  auditPage,
  ...unbilledPages,
  ...reportPages,
  ...invoicePages,
  ...companyPages,
  ...mailPages,
  ...settingsPages,
]
