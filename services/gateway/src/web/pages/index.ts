/** The portal, page by page. */
import type { Page } from '../page.ts'
import { accountPages } from './account.tsx'
import { companyPages } from './companies.tsx'
import { deadLetterPages } from './dead-letters.tsx'
import { invoicePages } from './invoices.tsx'
import { mailPages } from './mail.tsx'
import { newTicketPages } from './new-ticket.tsx'
import { notificationPages } from './notifications.tsx'
import { sellerPages } from './seller.tsx'
import { signInPages } from './sign-in.tsx'
import { ticketListPages } from './ticket-list.tsx'
import { ticketPages } from './ticket/index.tsx'

export const pages: readonly Page[] = [
  ...signInPages,
  ...ticketListPages,
  ...newTicketPages,
  ...ticketPages,
  ...notificationPages,
  ...accountPages,
  ...invoicePages,
  ...companyPages,
  ...mailPages,
  ...sellerPages,
  ...deadLetterPages,
]
