/** Whatever is done to a ticket, by whomever, in whatever order: what must hold after every step. */
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as decide from './decide.ts'
import { audienceOf, possibleSteps, waitsSinceOf, type TicketState } from './ticket.ts'
import { queueKeys, queuePlace, viewOf } from '../views/ticket-keys.ts'

const account = (accountId: string, companyId: string | null, role: string) =>
  ({ kind: 'account', accountId, companyId, roles: [role], name: accountId, email: 'a@b.test' }) as Actor
const PEOPLE = {
  paul: account('paul', 'acme', 'customer'),
  zoe: account('zoe', 'acme', 'customer'),
  anne: account('anne', null, 'agent'),
  luc: account('luc', null, 'admin'),
  finn: account('finn', null, 'finance'),
}
type Name = keyof typeof PEOPLE
const name = fc.constantFrom<Name>('paul', 'zoe', 'anne', 'luc', 'finn')
const isStaff = (who: Name) => who === 'anne' || who === 'luc' || who === 'finn'
const { accept, wait, resume, close, reopen } = decide
const steps = { accept, wait, resume, close, reopen }
const STEPS = ['accept', 'wait', 'resume', 'close', 'reopen'] as const

type Command =
  | {
      kind: 'post'
      who: Name
      internal: boolean
      automatic: boolean
      afterwards?: 'wait' | 'close' | undefined
    }
  | { kind: 'step'; who: Name; step: (typeof STEPS)[number] }
  | { kind: 'assign'; who: Name; to: string | null }
  | { kind: 'priority'; who: Name; priority: 'low' | 'urgent' }
  | { kind: 'merge'; who: Name }
  | { kind: 'age' | 'archive'; who: Name }

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('step' as const), who: name, step: fc.constantFrom(...STEPS) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      who: name,
      internal: fc.boolean(),
      automatic: fc.boolean(),
      afterwards: fc.constantFrom(undefined, 'wait' as const, 'close' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      who: name,
      to: fc.constantFrom('anne', 'luc', null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('priority' as const),
      who: name,
      priority: fc.constantFrom('low' as const, 'urgent' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('merge' as const, 'age' as const, 'archive' as const),
      who: name,
    }),
  },
)

const opened = decide.open(
  {
    subject: 'Panne',
    requesterId: 'paul',
    companyId: 'acme',
    participantIds: ['zoe'],
    openedById: 'paul',
    priority: 'normal',
    via: 'web',
    bodyBlobId: 'b',
    hasBody: true,
    attachments: [],
    openedUnder: null,
    mailId: null,
    linkedTo: null,
    refusedThread: null,
  },
  { number: 1001, actor: PEOPLE.paul, at: '2026-11-01T08:00:00.000Z', version: 1 },
).state

function run(state: TicketState, given: Command, version: number): decide.Decision {
  const at = new Date(Date.UTC(2026, 10, 1, 8, version)).toISOString()
  const occasion = { number: 1001, actor: PEOPLE[given.who], at, version }
  switch (given.kind) {
    case 'post':
      return decide.post(
        state,
        {
          authorId: given.who,
          fromStaff: isStaff(given.who),
          internal: given.internal && isStaff(given.who),
          automatic: given.automatic && !isStaff(given.who),
          via: 'web',
          bodyBlobId: 'b',
          attachments: [],
          mailId: null,
          participantIds: [],
          postedUnder: null,
          afterwards: given.afterwards,
        },
        occasion,
      )
    case 'step':
      return steps[given.step](state, occasion)
    case 'assign':
      return decide.assign(state, given.to, occasion)
    case 'priority':
      return decide.change(state, { priority: given.priority }, occasion)
    case 'merge':
      return decide.merge(state, { number: 1002, state: opened }, occasion)
    case 'age':
      return decide.age(state, occasion)
    case 'archive':
      return decide.archive(state, occasion)
  }
}

const RECORDED: Record<string, string> = {
  'ticket.accepted': 'open',
  'ticket.waiting': 'waiting',
  'ticket.resumed': 'open',
  'ticket.closed': 'closed',
  'ticket.reopened': 'open',
  'ticket.merged': 'closed',
  'ticket.archived': 'archived',
}

test('any history keeps the machine whole', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let state = opened
      let version = 1
      let told = 'new'
      for (const given of commands) {
        // Only what has been closed for long is aged, and only what was aged is archived.
        if ((given.kind === 'age' || given.kind === 'archive') && state.status !== 'closed') continue
        const before = structuredClone(state)
        const may = possibleSteps(PEOPLE[given.who], state)
        let decision: decide.Decision
        try {
          decision = run(state, given, version + 1)
        } catch (error) {
          // Refused with a code of the table, and nothing touched.
          expect(error).toBeInstanceOf(Failure)
          expect(state).toEqual(before)
          continue
        }
        expect(state, 'pure: what was given is left alone').toEqual(before)
        if (given.kind === 'step')
          expect(may, 'the portal shows what is possible, no less').toContain(given.step)
        state = decision.state
        if (decision.events.length > 0) version += 1
        for (const { contract } of decision.events) told = RECORDED[contract.subject] ?? told
        // Who follows the events alone knows the status.
        expect(told).toBe(state.status)
        expect(state.closedAt !== null).toBe(state.status === 'closed' || state.status === 'archived')
        // Nobody waits on what is closed; who waits is at the top of the queue.
        const waits = waitsSinceOf(state)
        if (viewOf(state) !== 'open') expect(waits).toBeNull()
        expect(queueKeys(state).length > 0).toBe(viewOf(state) === 'open')
        expect(queuePlace(state).startsWith('0')).toBe(waits !== null)
        // People are never lost, and never find staff among themselves.
        expect(audienceOf(state).accounts).toEqual(['paul', 'zoe'])
        if (before.status === 'archived' && given.kind !== 'archive' && given.kind !== 'age')
          expect.unreachable('nothing more happens to an archived ticket')
      }
    }),
    { numRuns: 500 },
  )
})
