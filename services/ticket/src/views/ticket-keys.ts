/** Which lists a ticket is in. Few keys, because every change of a ticket moves them all. Pure. */
import { waitsSinceOf, type TicketState } from '../domain/ticket.ts'

export type View = 'open' | 'recent' | 'archive'

/** `open` = not closed, `recent` = closed, `archive` = archived (spec/http-api.md). */
export function viewOf({ status }: Pick<TicketState, 'status'>): View {
  if (status === 'archived') return 'archive'
  return status === 'closed' ? 'recent' : 'open'
}

function persons({ requesterId, participantIds }: TicketState): string[] {
  return [...new Set([requesterId, ...participantIds])]
}

export function indexKeys(state: TicketState): (readonly string[])[] {
  const view = viewOf(state)
  return [
    ['all'],
    ['view', view],
    // Closed and archived are views of one status each.
    ...(view === 'open' ? [['status', state.status]] : []),
    ['assignee', view, state.assigneeId ?? 'none'],
    ...(state.companyId === null ? [] : [['company', view, state.companyId]]),
    ...persons(state).map((person) => ['person', view, person]),
  ]
}

/** The queue of staff: what is not closed. */
export function queueKeys(state: TicketState): (readonly string[])[] {
  if (viewOf(state) !== 'open') return []
  return [['all'], ['status', state.status], ['assignee', state.assigneeId ?? 'none']]
}

/** Who waits longest for an answer first; after them what was left alone longest. */
export function queuePlace(state: TicketState): string {
  const waitsSince = waitsSinceOf(state)
  return waitsSince === null ? `1 ${state.updatedAt}` : `0 ${waitsSince}`
}

export function searchTags(state: TicketState): string[] {
  return [
    'all',
    `view:${viewOf(state)}`,
    `status:${state.status}`,
    `assignee:${state.assigneeId ?? 'none'}`,
    ...(state.companyId === null ? [] : [`company:${state.companyId}`]),
    ...persons(state).map((person) => `person:${person}`),
  ]
}
