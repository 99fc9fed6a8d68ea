/** Closed tickets, whole, with their checksum. The table of contents. */
import { archiveStored, getArchivedTicket } from '@guichet/contracts/archiver'
import { answer, createService, services, type Service, type ServiceParts } from '@guichet/service'
import { openArchives } from './collections.ts'
import { errors } from './errors.ts'
import { onTicketAged } from './handlers/on-ticket-aged.ts'
import { answerGetArchivedTicket } from './requests/get-archived-ticket.ts'
import { sweepContents } from './sweep-contents.ts'

const HOUR_MS = 3_600_000

export function createArchiverService(parts: ServiceParts): Service {
  const archives = openArchives(parts.store)
  return createService(
    {
      name: 'archiver',
      errors,
      answers: [
        answer(getArchivedTicket, services('ticket'), (input) =>
          answerGetArchivedTicket(archives, parts.store.blobs, input),
        ),
      ],
      consumers: [{ name: 'archiver', from: 'now', handlers: [onTicketAged(parts, archives)] }],
      timers: [{ name: 'sweep-contents', everyMs: HOUR_MS, run: () => sweepContents(parts) }],
      emits: [archiveStored],
    },
    parts,
  )
}
