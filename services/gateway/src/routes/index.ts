/** The public interface, whole: what is not in this list is not there. */
import type { Route } from '@guichet/http'
import { accountRoutes } from './accounts.ts'
import { auditRoutes } from './audit.ts'
import { deadLetterRoutes } from './dead-letters.ts'
import { deliveryRoutes } from './deliveries.ts'
import { invoiceRoutes } from './invoices.ts'
import { mailRoutes } from './mail.ts'
import { notificationRoutes } from './notifications.ts'
import { ownAccountRoutes } from './own-account.ts'
import { prestationRoutes } from './prestations.ts'
import { receivableRoutes } from './receivables.ts'
import { secondFactorRoutes } from './second-factor.ts'
import { sessionRoutes } from './session.ts'
import { ticketRoutes } from './tickets.ts'

export const apiRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...accountRoutes,
  ...ownAccountRoutes,
  ...secondFactorRoutes,
  ...ticketRoutes,
  ...prestationRoutes,
  ...invoiceRoutes,
  ...deliveryRoutes,
  ...receivableRoutes,
  ...notificationRoutes,
  ...mailRoutes,
  ...deadLetterRoutes,
  ...auditRoutes,
]
