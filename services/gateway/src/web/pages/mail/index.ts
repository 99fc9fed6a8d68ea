/** Mail that came and mail that went. */
import type { Page } from '../../page.ts'
import { ledgerPage } from './ledger.tsx'
import { oneMailPages } from './one.tsx'
import { outboxPages } from './outbox.tsx'
import { quarantinePage } from './quarantine.tsx'

export const mailPages: readonly Page[] = [ledgerPage, quarantinePage, ...oneMailPages, ...outboxPages]
