/** Closed tickets, whole, with their checksum. The table of contents. */
import { archiveStored, getArchivedTicket } from '@guichet/contracts/archiver'
import { answer, createService, services, type Service, type ServiceParts } from '@guichet/service'
import { openArchives } from './collections.ts'
import { errors } from './errors.ts'
import { onTicketAged } from './handlers/on-ticket-aged.ts'
import { answerGetArchivedTicket } from './requests/get-archived-ticket.ts'

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
      timers: [],
      emits: [archiveStored],
    },
    parts,
  )
}
