/** Every event that a browser may show is told to all copies of the gateway: each knows its own open browsers. */
import type { Live } from '@guichet/bus'
import {
  invoiceIssued,
  invoicePaid,
  prestationChanged,
  prestationLogged,
  prestationRemoved,
} from '@guichet/contracts/billing'
import type { EventContract } from '@guichet/contracts/definition'
import { happened } from '@guichet/contracts/gateway'
import { mailFailed, mailQuarantined, mailSent, mailSettled } from '@guichet/contracts/mail'
import { notificationCreated } from '@guichet/contracts/notification'
import * as ticket from '@guichet/contracts/ticket'
import { on, type HandlerEntry } from '@guichet/service'

const SHOWN: readonly EventContract[] = [
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
  ticket.ticketArchived,
  notificationCreated,
  prestationLogged,
  prestationChanged,
  prestationRemoved,
  invoiceIssued,
  invoicePaid,
  mailSettled,
  mailQuarantined,
  mailSent,
  mailFailed,
]

export function onAnything(live: Live): HandlerEntry[] {
  return SHOWN.map((contract) =>
    on(contract, (data, event) => {
      live.announce(
        happened,
        { subject: event.subject, key: event.key, ticket: ticketOf(data) },
        event.audience,
      )
      return Promise.resolve()
    }),
  )
}

function ticketOf(data: unknown): number | null {
  const { number, ticket: named } = data as { number?: unknown; ticket?: unknown }
  if (typeof number === 'number') return number
  return typeof named === 'number' ? named : null
}
