/** What each command does to a ticket, and what it says of it. */
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { describe, expect, test } from 'vitest'
import {
  accept,
  age,
  archive,
  assign,
  change,
  close,
  merge,
  open,
  post,
  reopen,
  resume,
  wait,
  type Decision,
  type Occasion,
  type Opening,
  type Posting,
} from './decide.ts'
import type { TicketState } from './ticket.ts'

const account = (accountId: string, companyId: string | null, roles: string[]) =>
  ({ kind: 'account', accountId, companyId, roles, name: accountId, email: `${accountId}@x.test` }) as Actor
const paul = account('paul', 'acme', ['customer'])
const anne = account('anne', null, ['agent'])
const finn = account('finn', null, ['finance'])

const OPENING: Opening = {
  subject: 'Imprimante',
  requesterId: 'paul',
  companyId: 'acme',
  participantIds: ['paul', 'zoe', 'zoe'],
  openedById: 'paul',
  priority: 'normal',
  via: 'web',
  bodyBlobId: 'b1',
  hasBody: true,
  attachments: [],
  openedUnder: null,
  mailId: null,
  linkedTo: null,
  refusedThread: null,
}
const by = (actor: Actor, version = 2, at = '2026-11-24T10:00:00.000Z'): Occasion => ({
  number: 1001,
  actor,
  at,
  version,
})
const posting = (changes: Partial<Posting> = {}): Posting => ({
  authorId: 'paul',
  fromStaff: false,
  internal: false,
  automatic: false,
  via: 'web',
  bodyBlobId: 'b2',
  attachments: [],
  mailId: null,
  participantIds: [],
  postedUnder: null,
  ...changes,
})
const answer = (changes: Partial<Posting> = {}) => posting({ authorId: 'anne', fromStaff: true, ...changes })
const fresh = open(OPENING, by(paul, 1, '2026-11-24T09:00:00.000Z')).state
const given = (changes: Partial<TicketState>): TicketState => ({ ...fresh, ...changes })
const subjects = ({ events }: Decision) => events.map(({ contract }) => contract.subject)
const refusal = (command: () => unknown) => {
  try {
    command()
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return 'not refused'
}

describe('a new ticket', () => {
  test('is new, its requester waits, the requester is no participant twice', () => {
    expect(fresh).toMatchObject({
      status: 'new',
      assigneeId: null,
      participantIds: ['zoe'],
      waitsSince: '2026-11-24T09:00:00.000Z',
      lastSaid: { version: 1, by: 'paul' },
    })
    expect(subjects(open(OPENING, by(paul, 1)))).toEqual(['ticket.opened'])
  })

  test('has a subject that is one line, or is refused', () => {
    expect(open({ ...OPENING, subject: ' Panne\r\nBcc: x \u2028y ' }, by(paul, 1)).state.subject).toBe(
      'Panne Bcc: x y',
    )
    expect(refusal(() => open({ ...OPENING, subject: '\u0007 \n' }, by(paul, 1)))).toBe('invalid-fields')
  })
})

describe('a message', () => {
  test('of an agent takes a new ticket before it answers it, and ends the wait', () => {
    const decision = post(fresh, answer(), by(anne))
    expect(decision.state).toMatchObject({ status: 'open', assigneeId: 'anne', waitsSince: null })
    expect(subjects(decision)).toEqual(['ticket.accepted', 'ticket.message-posted'])
  })

  test('an internal note takes nothing, ends no wait, and is for staff alone', () => {
    const decision = post(fresh, answer({ internal: true }), by(anne))
    expect(decision.state).toMatchObject({
      status: 'new',
      assigneeId: null,
      waitsSince: fresh.waitsSince,
      lastPublic: fresh.lastPublic,
    })
    expect(decision.events.map(({ staffOnly }) => staffOnly)).toEqual([true])
  })

  test('of a customer reopens a closed ticket after it was said; an automatic one does not', () => {
    const closed = given({ status: 'closed', closedAt: 'x', waitsSince: null })
    const decision = post(closed, posting(), by(paul))
    expect(decision.state).toMatchObject({
      status: 'open',
      closedAt: null,
      waitsSince: '2026-11-24T10:00:00.000Z',
    })
    expect(subjects(decision)).toEqual(['ticket.message-posted', 'ticket.reopened'])
    const automatic = post(closed, posting({ automatic: true }), by(paul))
    expect(automatic.state).toMatchObject({ status: 'closed', closedAt: 'x', waitsSince: null })
  })

  test('of who waits already does not begin the wait anew', () => {
    expect(post(fresh, posting(), by(paul)).state.waitsSince).toBe(fresh.waitsSince)
  })

  test('of an agent on a closed ticket leaves it closed', () => {
    expect(post(given({ status: 'closed' }), answer(), by(anne)).state.status).toBe('closed')
  })

  test('may take the next step in the same commit, and takes none that is taken', () => {
    const waits = post(fresh, answer({ afterwards: 'wait' }), by(anne))
    expect(waits.state.status).toBe('waiting')
    expect(subjects(waits)).toEqual(['ticket.accepted', 'ticket.message-posted', 'ticket.waiting'])
    const again = post(given({ status: 'waiting' }), answer({ afterwards: 'wait' }), by(anne))
    expect([again.state.status, subjects(again)]).toEqual(['waiting', ['ticket.message-posted']])
    const closes = post(given({ status: 'waiting' }), answer({ afterwards: 'close' }), by(anne))
    expect(closes.state).toMatchObject({ status: 'closed', closedAt: '2026-11-24T10:00:00.000Z' })
    // “Merci, c’est réglé”: a customer may say so and close; to set aside is support's.
    expect(post(fresh, posting({ afterwards: 'close' }), by(paul)).state.status).toBe('closed')
    expect(refusal(() => post(fresh, posting({ afterwards: 'wait' }), by(paul)))).toBe('forbidden')
  })

  test('stops on a newer message of another that its author had not seen; never on their own, never a note', () => {
    const state = given({ lastSaid: { version: 5, by: 'paul' } })
    expect(refusal(() => post(state, answer({ seenVersion: 4 }), by(anne, 6)))).toBe('newer-message')
    expect(post(state, answer({ seenVersion: 5 }), by(anne, 6)).events).not.toHaveLength(0)
    expect(post(state, answer({ seenVersion: 4, internal: true }), by(anne, 6)).events).toHaveLength(1)
    const own = given({ lastSaid: { version: 5, by: 'anne' } })
    expect(post(own, answer({ seenVersion: 4 }), by(anne, 6)).events).not.toHaveLength(0)
  })

  test('brings those who wrote in, once each', () => {
    const { state } = post(fresh, posting({ participantIds: ['paul', 'zoe', 'max'] }), by(paul))
    expect(state.participantIds).toEqual(['zoe', 'max'])
  })

  test('remembers under which key it came; the oldest of fifty give way', () => {
    let state = fresh
    for (let at = 0; at < 60; at += 1)
      ({ state } = post(state, posting({ postedUnder: `k${at}` }), by(paul, at + 2)))
    expect(Object.keys(state.postedUnder)).toHaveLength(50)
    expect(state.postedUnder).toMatchObject({ k59: 61, k10: 12 })
  })
})

describe('steps', () => {
  const steps = { accept, wait, resume, close, reopen }
  const statuses = ['new', 'open', 'waiting', 'closed', 'archived'] as const
  /** By step and the status it is taken from: where it leads, or why it is refused. */
  const table = {
    accept: ['open', 'ticket-not-new', 'ticket-not-new', 'ticket-not-new', 'ticket-is-archived'],
    wait: ['ticket-not-open', 'waiting', 'ticket-not-open', 'ticket-not-open', 'ticket-is-archived'],
    resume: ['ticket-not-waiting', 'ticket-not-waiting', 'open', 'ticket-not-waiting', 'ticket-is-archived'],
    close: ['closed', 'closed', 'closed', 'ticket-is-closed', 'ticket-is-archived'],
    reopen: ['ticket-not-closed', 'ticket-not-closed', 'ticket-not-closed', 'open', 'ticket-is-archived'],
  } as const
  const cases = Object.entries(table).flatMap(([step, row]) =>
    statuses.map((status, at) => [step as keyof typeof steps, status, row[at]] as const),
  )
  test.each(cases)('%s from %s: %s', (step, status, outcome) => {
    const command = () => steps[step](given({ status }), by(anne))
    if (outcome === undefined || outcome.startsWith('ticket-')) expect(refusal(command)).toBe(outcome)
    else expect(command().state.status).toBe(outcome)
  })

  test.each(['accept', 'wait', 'resume'] as const)('%s is support’s alone', (step) => {
    for (const actor of [paul, finn])
      expect(refusal(() => steps[step](given({ status: 'open' }), by(actor)))).toBe('forbidden')
  })
  test.each(['close', 'reopen'] as const)('%s is also the customer’s; finance only reads', (step) => {
    const state = given({ status: step === 'close' ? 'open' : 'closed' })
    expect(steps[step](state, by(paul)).state.status).not.toBe(state.status)
    expect(refusal(() => steps[step](state, by(finn)))).toBe('forbidden')
  })

  test('reopened by its customer someone waits again, by support nobody does', () => {
    const closed = given({ status: 'closed', waitsSince: null })
    expect(reopen(closed, by(paul)).state.waitsSince).toBe('2026-11-24T10:00:00.000Z')
    expect(reopen(closed, by(anne)).state.waitsSince).toBeNull()
  })
})

describe('assigning', () => {
  test('a new ticket accepts it; nobody takes it back without accepting', () => {
    expect(subjects(assign(fresh, 'anne', by(anne)))).toEqual(['ticket.accepted', 'ticket.assigned'])
    expect(subjects(assign(given({ status: 'open', assigneeId: 'anne' }), null, by(anne)))).toEqual([
      'ticket.assigned',
    ])
  })
  test('to whom has it says nothing', () => {
    const state = given({ status: 'open', assigneeId: 'anne' })
    expect(assign(state, 'anne', by(anne))).toEqual({ state, events: [] })
  })
})

describe('changing', () => {
  test('says what changed, and nothing when nothing did', () => {
    expect(subjects(change(fresh, { priority: 'high', subject: 'Écran' }, by(anne)))).toEqual([
      'ticket.priority-changed',
      'ticket.subject-changed',
    ])
    expect(change(fresh, { priority: 'normal', subject: ' Imprimante ' }, by(anne)).events).toEqual([])
    expect(refusal(() => change(fresh, { priority: 'high' }, by(paul)))).toBe('forbidden')
  })
})

describe('merging', () => {
  const into = { number: 1002, state: given({ subject: 'Autre' }) }
  test('closes the one and leaves it pointing; nothing more is said on it', () => {
    const { state } = merge(fresh, into, by(anne))
    expect(state).toMatchObject({ status: 'closed', mergedInto: 1002, waitsSince: null })
    expect(refusal(() => post(state, posting(), by(paul, 3)))).toBe('ticket-is-merged')
  })
  test.each([
    ['itself', { ...into, number: 1001 }, 'merge-into-itself'],
    ['one of another company', { number: 1002, state: given({ companyId: 'zeta' }) }, 'merge-other-company'],
    ['an archived one', { number: 1002, state: given({ status: 'archived' }) }, 'ticket-is-archived'],
  ])('into %s is refused', (_what, target, code) => {
    expect(refusal(() => merge(fresh, target, by(anne)))).toBe(code)
  })
})

describe('growing old', () => {
  test('is said once per state it stays in; what moves on is said again later', () => {
    const aged = age(given({ status: 'closed' }), by(anne, 7))
    expect(aged.state.agedAt).toBe(7)
    expect(post(aged.state, posting(), by(paul, 8)).state.agedAt).toBeNull()
  })
  test('the archive’s stub keeps who may see it and its files', () => {
    const { state } = archive(given({ status: 'closed', postedUnder: { k: 3 } }), by(anne, 8))
    expect(state).toMatchObject({
      status: 'archived',
      archivedAt: '2026-11-24T10:00:00.000Z',
      requesterId: 'paul',
      participantIds: ['zoe'],
      postedUnder: {},
    })
  })
})
