/** Owned by services/archiver: closed tickets, whole, with their checksum. */
import { Type } from 'typebox'
import { event, request } from './definition.ts'
import { TicketFacts, TimelineEntry } from './ticket.ts'
import { Instant, Nullable, TicketNumber } from './values/scalars.ts'

/** The ticket service only, which decides what its reader may see of it. @throws Failure not-found, archive-damaged */
export const getArchivedTicket = request(
  'archiver.get-archived-ticket',
  Type.Object({ number: TicketNumber }),
  Type.Object({
    facts: TicketFacts,
    openedAt: Instant,
    closedAt: Nullable(Instant),
    archivedAt: Instant,
    /** SHA-256 over the stored archive, verified at each read. */
    checksum: Type.String(),
    timeline: Type.Array(TimelineEntry),
  }),
)
export const archiveStored = event(
  'archive.stored',
  1,
  Type.Object({ number: TicketNumber, version: Type.Integer({ minimum: 1 }), checksum: Type.String() }),
)
