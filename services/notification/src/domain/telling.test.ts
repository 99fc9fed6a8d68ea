import { describe, expect, test } from 'vitest'
import * as telling from './telling.ts'

const people = { requesterId: 'anne', companyId: 'c1', participantIds: ['bruno'], assigneeId: null }
const assigned = { ...people, assigneeId: 'sofie' }
const agents: telling.Counter = {
  agentIds: ['sofie', 'karim'],
  answeringIds: ['sofie', 'karim', 'luc'],
  away: new Map(),
}
const summary = (tellings: telling.Telling[]) =>
  tellings.map(({ accountId, notification, mail }) => `${accountId}: ${notification ?? '-'} / ${mail ?? '-'}`)

describe('a ticket is opened', () => {
  test('on the portal: every agent is told, the customer knows already', () => {
    expect(summary(telling.onOpened({ people, openedById: 'anne', via: 'web' }, agents))).toEqual([
      'sofie: ticket-opened / support-ticket',
      'karim: ticket-opened / support-ticket',
    ])
  })
  test('by mail: the sender gets a receipt with the number', () => {
    expect(summary(telling.onOpened({ people, openedById: 'anne', via: 'mail' }, agents))).toContain(
      'anne: - / receipt',
    )
  })
  test('by an agent on the phone: the customer is told, that agent is not', () => {
    expect(
      summary(telling.onOpened({ people: assigned, openedById: 'sofie', via: 'phone' }, agents)),
    ).toEqual(['anne: ticket-opened-for-you / receipt'])
  })
})

describe('a message is posted', () => {
  const posted = { people: assigned, authorId: 'anne', fromStaff: false, internal: false, automatic: false }
  test('by the customer: the assignee alone hears of it, and the other participants', () => {
    expect(summary(telling.onPosted(posted, agents))).toEqual([
      'sofie: message-from-customer / support-reply',
      'bruno: message-from-customer / message-posted',
    ])
  })
  test('by the customer while nobody has the ticket: all agents', () => {
    expect(summary(telling.onPosted({ ...posted, people }, agents)).slice(0, 2)).toEqual([
      'sofie: message-from-customer / support-reply',
      'karim: message-from-customer / support-reply',
    ])
  })
  test('by support: the customers get it by mail', () => {
    expect(summary(telling.onPosted({ ...posted, authorId: 'sofie', fromStaff: true }, agents))).toEqual([
      'anne: message-from-support / message-posted',
      'bruno: message-from-support / message-posted',
    ])
  })
  test('an internal note reaches no customer', () => {
    const note = telling.onPosted({ ...posted, authorId: 'karim', fromStaff: true, internal: true }, agents)
    expect(summary(note)).toEqual(['sofie: note-posted / -'])
  })
  test('an automatic answer is mailed to nobody', () => {
    expect(telling.onPosted({ ...posted, automatic: true }, agents).every(({ mail }) => mail === null)).toBe(
      true,
    )
  })
})

test('who closes a ticket is not told of it', () => {
  expect(summary(telling.onClosed(assigned, 'anne'))).toEqual([
    'bruno: ticket-closed / ticket-closed',
    'sofie: ticket-closed / -',
  ])
  expect(summary(telling.onClosed(assigned, 'sofie'))).toEqual([
    'anne: ticket-closed / ticket-closed',
    'bruno: ticket-closed / ticket-closed',
  ])
})

test('an assignee who left the counter is not waited for: everyone is told', () => {
  const gone = { ...people, assigneeId: 'former' }
  expect(telling.onOpened({ people: gone, openedById: 'anne', via: 'web' }, agents)).toHaveLength(2)
})

describe('a person who does without some mails', () => {
  const told = { accountId: 'anne', notification: 'ticket-closed', mail: 'ticket-closed' } as const
  test('is told on the portal all the same', () => {
    expect(telling.withoutMuted(told, ['ticket-closed', 'receipt'])).toEqual({ ...told, mail: null })
  })
  test('gets the others, and what can only come by mail is left out whole', () => {
    expect(telling.withoutMuted(told, ['receipt'])).toEqual(told)
    expect(telling.withoutMuted(told)).toEqual(told)
    const receipt = { accountId: 'anne', notification: null, mail: 'receipt' } as const
    expect(telling.withoutMuted(receipt, ['receipt'])).toBeNull()
  })
})

describe('a colleague is called in a message', () => {
  const note = { people: assigned, authorId: 'karim', fromStaff: true, internal: true, automatic: false }
  test('of a note: the called one by mail too, the assignee as before, no customer', () => {
    expect(summary(telling.onPosted({ ...note, mentionedIds: ['luc'] }, agents))).toEqual([
      'luc: mentioned / mentioned',
      'sofie: note-posted / -',
    ])
  })
  test('the assignee who is called is told once', () => {
    expect(summary(telling.onPosted({ ...note, mentionedIds: ['sofie'] }, agents))).toEqual([
      'sofie: mentioned / mentioned',
    ])
  })
  test('nobody calls themselves', () => {
    expect(summary(telling.onPosted({ ...note, people, mentionedIds: ['karim'] }, agents))).toEqual([])
  })
})

describe('an agent is away', () => {
  const posted = { people: assigned, authorId: 'anne', fromStaff: false, internal: false, automatic: false }
  const counter = (away: Record<string, string | null>, agentIds = ['sofie', 'karim', 'lore']) => ({
    agentIds,
    // An admin answers too, and is not told of what nobody has.
    answeringIds: [...agentIds, 'luc'],
    away: new Map(Object.entries(away)),
  })
  const toStaff = (from: telling.Posted, at: telling.Counter) =>
    summary(telling.onPosted(from, at)).filter((line) => !line.startsWith('bruno'))

  test('their deputy answers for their tickets; they find it on the portal when they are back', () => {
    expect(toStaff(posted, counter({ sofie: 'karim' }))).toEqual([
      'karim: message-from-customer / support-reply',
      'sofie: message-from-customer / -',
    ])
  })
  test('without a deputy their tickets are the counter’s', () => {
    expect(toStaff(posted, counter({ sofie: null }))).toEqual([
      'karim: message-from-customer / support-reply',
      'lore: message-from-customer / support-reply',
      'sofie: message-from-customer / -',
    ])
  })
  test('a deputy who is away passes it on to their own', () => {
    expect(toStaff(posted, counter({ sofie: 'karim', karim: 'lore' }))[0]).toBe(
      'lore: message-from-customer / support-reply',
    )
  })
  test('an admin may stand in, and may have a ticket', () => {
    expect(toStaff(posted, counter({ sofie: 'luc' }))[0]).toBe('luc: message-from-customer / support-reply')
    const lucs = { ...posted, people: { ...people, assigneeId: 'luc' } }
    expect(toStaff(lucs, counter({}))).toEqual(['luc: message-from-customer / support-reply'])
  })
  test('two who stand in for one another while both are away leave it to the counter', () => {
    expect(toStaff(posted, counter({ sofie: 'karim', karim: 'sofie' }))).toEqual([
      'lore: message-from-customer / support-reply',
      'sofie: message-from-customer / -',
    ])
  })
  test('a deputy who has left the counter is nobody', () => {
    expect(toStaff(posted, counter({ sofie: 'gone' }))[0]).toBe(
      'karim: message-from-customer / support-reply',
    )
  })
  test('new tickets are for who is there', () => {
    expect(
      summary(telling.onOpened({ people, openedById: 'anne', via: 'web' }, counter({ sofie: 'karim' }))),
    ).toEqual(['karim: ticket-opened / support-ticket', 'lore: ticket-opened / support-ticket'])
  })
  test('with everybody away nothing is lost: all are told', () => {
    const nobody = counter({ sofie: 'karim', karim: null }, ['sofie', 'karim'])
    expect(toStaff({ ...posted, people }, nobody)).toEqual([
      'sofie: message-from-customer / support-reply',
      'karim: message-from-customer / support-reply',
    ])
    expect(toStaff(posted, nobody)).toEqual([
      'sofie: message-from-customer / support-reply',
      'karim: message-from-customer / support-reply',
    ])
  })
  test('a note on their ticket reaches who stands in too', () => {
    const note = { ...posted, authorId: 'lore', fromStaff: true, internal: true }
    expect(toStaff(note, counter({ sofie: 'karim' }))).toEqual([
      'sofie: note-posted / -',
      'karim: note-posted / -',
    ])
  })
})
