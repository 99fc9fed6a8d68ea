/** What the house sets once, and what it must look after. */
import type { Page } from '../../page.ts'
import { accessPage } from './access.tsx'
import { deadLetterPages } from './dead-letters.tsx'
import { mailTextsPage } from './mail-texts.tsx'
import { numbersPage } from './numbers.tsx'
import { prioritiesPage } from './priorities.tsx'
import { remindersPage } from './reminders.tsx'
import { replyPages } from './replies.tsx'
import { sellerPage } from './seller.tsx'

export const settingsPages: readonly Page[] = [
  sellerPage,
  numbersPage,
  remindersPage,
  prioritiesPage,
  mailTextsPage,
  accessPage,
  ...replyPages,
  ...deadLetterPages,
]
