/** Tickets, from the first word to the archive. The table of contents. */
import { Failure } from '@guichet/contracts/failure'
import { listSavedFilters, removeSavedFilter, saveFilter } from '@guichet/contracts/saved-filters'
import * as ticket from '@guichet/contracts/ticket'
import {
  admins,
  answer,
  createService,
  services,
  signedIn,
  type RequestCall,
  type Service,
  type ServiceParts,
} from '@guichet/service'
import { ageTickets } from './age-tickets.ts'
import { openCollections } from './collections.ts'
import type { TicketConfig } from './config.ts'
import type { Context } from './context.ts'
import { accept, close, reopen, resume, wait } from './domain/decide.ts'
import { errors } from './errors.ts'
import { createFacts } from './facts.ts'
import { onArchiveStored } from './handlers/on-archive-stored.ts'
import { onMailAccepted } from './handlers/on-mail-accepted.ts'
import { createNumbers } from './numbers.ts'
import { answerGetArchiveMaterial, answerGetFacts } from './requests/for-services.ts'
import { answerGetTicket, answerGetTimeline } from './requests/get-ticket.ts'
import { answerMarkRead } from './requests/mark-read.ts'
import { answerOpenAttachment } from './requests/open-attachment.ts'
import { answerOpenTicket } from './requests/open-ticket.ts'
import { answerPostMessage } from './requests/post-message.ts'
import {
  answerListCannedReplies,
  answerPutCannedReply,
  answerRemoveCannedReply,
} from './requests/canned-replies.ts'
import { answerGetPriorities, answerPutPriorities } from './requests/settings.ts'
import {
  answerListSavedFilters,
  answerRemoveSavedFilter,
  answerSaveFilter,
} from './requests/saved-filters.ts'
import { answerShowPresence } from './requests/show-presence.ts'
import { answerAssignTicket, answerChangeTicket, answerMergeTicket, answerStep } from './requests/steps.ts'
import { answerListTickets } from './views/list.ts'
import { answerCountQueue } from './views/queue.ts'

const HOUR_MS = 60 * 60 * 1000

export function createTicketService(parts: ServiceParts<TicketConfig>): Service {
  const collections = openCollections(parts.store)
  const context: Context = {
    parts,
    collections,
    facts: createFacts(parts),
    numbers: createNumbers(collections.tickets),
  }
  return createService(
    {
      name: 'ticket',
      errors,
      answers: [
        answer(ticket.openTicket, signedIn, (input, call) => answerOpenTicket(context, input, person(call))),
        answer(ticket.listTickets, signedIn, (input, call) =>
          answerListTickets(context, input, person(call)),
        ),
        answer(ticket.countQueue, signedIn, (_input, call) => answerCountQueue(context, person(call))),
        answer(ticket.getTicket, signedIn, (input, call) => answerGetTicket(context, input, person(call))),
        answer(ticket.getTimeline, signedIn, (input, call) =>
          answerGetTimeline(context, input, person(call)),
        ),
        answer(ticket.changeTicket, signedIn, (input, call) =>
          answerChangeTicket(context, input, person(call)),
        ),
        answer(ticket.postMessage, signedIn, (input, call) =>
          answerPostMessage(context, input, person(call)),
        ),
        answer(ticket.acceptTicket, signedIn, ({ number }, call) =>
          answerStep(context, accept, number, person(call)),
        ),
        answer(ticket.waitTicket, signedIn, ({ number }, call) =>
          answerStep(context, wait, number, person(call)),
        ),
        answer(ticket.resumeTicket, signedIn, ({ number }, call) =>
          answerStep(context, resume, number, person(call)),
        ),
        answer(ticket.closeTicket, signedIn, ({ number }, call) =>
          answerStep(context, close, number, person(call)),
        ),
        answer(ticket.reopenTicket, signedIn, ({ number }, call) =>
          answerStep(context, reopen, number, person(call)),
        ),
        answer(ticket.assignTicket, signedIn, (input, call) =>
          answerAssignTicket(context, input, person(call)),
        ),
        answer(ticket.mergeTicket, signedIn, (input, call) =>
          answerMergeTicket(context, input, person(call)),
        ),
        answer(ticket.markRead, signedIn, async ({ number }, call) => {
          await answerMarkRead(context, number, person(call))
          return {}
        }),
        answer(ticket.showPresence, signedIn, async (input, call) => {
          await answerShowPresence(context, input, person(call))
          return {}
        }),
        answer(ticket.openAttachment, signedIn, ({ id }, call) =>
          answerOpenAttachment(context, id, person(call)),
        ),
        answer(ticket.listCannedReplies, signedIn, (_input, call) =>
          answerListCannedReplies(context, person(call)),
        ),
        answer(ticket.putCannedReply, signedIn, (input, call) =>
          answerPutCannedReply(context, input, person(call)),
        ),
        answer(ticket.removeCannedReply, signedIn, async ({ id }, call) => {
          await answerRemoveCannedReply(context, id, person(call))
          return {}
        }),
        answer(listSavedFilters, signedIn, (_input, call) => answerListSavedFilters(context, person(call))),
        answer(saveFilter, signedIn, (input, call) => answerSaveFilter(context, input, person(call))),
        answer(removeSavedFilter, signedIn, async ({ id }, call) => {
          await answerRemoveSavedFilter(context, id, person(call))
          return {}
        }),
        answer(ticket.getPriorities, signedIn, () => answerGetPriorities(context)),
        answer(ticket.putPriorities, admins, ({ priorities }, { actor }) =>
          answerPutPriorities(context, priorities, actor),
        ),
        answer(ticket.getFacts, services(), ({ number }) => answerGetFacts(context, number)),
        answer(ticket.getArchiveMaterial, services('archiver'), ({ number }) =>
          answerGetArchiveMaterial(context, number),
        ),
      ],
      consumers: [
        { name: 'ticket', from: 'now', handlers: [onMailAccepted(context), onArchiveStored(context)] },
      ],
      timers: [{ name: 'age-tickets', everyMs: HOUR_MS, run: () => ageTickets(context) }],
      emits: [
        ticket.ticketOpened,
        ticket.ticketAccepted,
        ticket.messagePosted,
        ticket.ticketWaiting,
        ticket.ticketResumed,
        ticket.ticketClosed,
        ticket.ticketReopened,
        ticket.ticketAssigned,
        ticket.priorityChanged,
        ticket.subjectChanged,
        ticket.ticketMerged,
        ticket.ticketAged,
        ticket.ticketArchived,
        ticket.ticketSettingsChanged,
      ],
      audited: [collections.tickets, collections.settings, collections.cannedReplies],
    },
    parts,
  )
}

/** The rule let only accounts pass. */
function person({ actor }: RequestCall) {
  if (actor.kind !== 'account') throw new Failure('unauthenticated')
  return actor
}
