import type { AccountActor } from '@guichet/contracts/values/actor'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createEventStreams } from './event-streams.ts'

const person = (accountId: string, over: Partial<AccountActor> = {}): AccountActor => ({
  kind: 'account',
  accountId,
  companyId: 'company-1',
  roles: ['customer'],
  name: accountId,
  email: `${accountId}@client.test`,
  language: 'fr',
  ...over,
})
const agent = person('agent-1', { companyId: null, roles: ['agent'] })
const always = () => Promise.resolve(true)
const opened = { event: 'ticket', data: { subject: 'ticket.opened', number: 1001 } }

async function heardBy(actor: AccountActor, tell: (streams: ReturnType<typeof createEventStreams>) => void) {
  const streams = createEventStreams()
  const iterator = streams.open(actor, always)[Symbol.asyncIterator]()
  const frames = [(await iterator.next()).value]
  tell(streams)
  streams.deliver({ event: 'end', data: {} }, { accounts: [actor.accountId], staff: false })
  for (;;) {
    const { value } = await iterator.next()
    if (value?.startsWith('event: end')) break
    frames.push(value)
  }
  await iterator.return?.()
  return frames.slice(1)
}

test('the people of an event hear of it, framed as server-sent events', async () => {
  const heard = await heardBy(person('anne'), (streams) =>
    streams.deliver(opened, { accounts: ['anne'], staff: true }),
  )
  expect(heard).toEqual(['event: ticket\ndata: {"subject":"ticket.opened","number":1001}\n\n'])
})

test('a colleague hears nothing', async () => {
  expect(
    await heardBy(person('bruno'), (s) => s.deliver(opened, { accounts: ['anne'], staff: true })),
  ).toEqual([])
})

test('staff hear what is for staff, and not what is for one customer alone', async () => {
  expect(await heardBy(agent, (s) => s.deliver(opened, { accounts: [], staff: true }))).toHaveLength(1)
  expect(await heardBy(agent, (s) => s.deliver(opened, { accounts: ['anne'], staff: false }))).toEqual([])
})

test('a client account with a staff role in its list is no staff', async () => {
  const impostor = person('eve', { roles: ['agent'] })
  expect(await heardBy(impostor, (s) => s.deliver(opened, { accounts: [], staff: true }))).toEqual([])
})

test('too many streams of one account are refused; one that its reader left, while it waited, makes room', async () => {
  const streams = createEventStreams()
  const open = () => streams.open(agent, always)[Symbol.asyncIterator]()
  const all = Array.from({ length: 12 }, open)
  expect(open).toThrow('too-many-requests')
  await all[0]?.next()
  const waiting = all[0]?.next()
  await all[0]?.return?.()
  expect(await waiting).toEqual({ done: true, value: undefined })
  expect(open).not.toThrow()
})

test('when an account’s access changes, its streams end, and nobody else’s', async () => {
  const streams = createEventStreams()
  const [anne, bruno] = ['anne', 'bruno'].map((id) =>
    streams.open(person(id), always)[Symbol.asyncIterator](),
  )
  await anne?.next()
  await bruno?.next()
  const [annes, brunos] = [anne?.next(), bruno?.next()]
  streams.endOf('anne')
  streams.deliver(opened, { accounts: ['anne', 'bruno'], staff: false })
  expect(await annes).toEqual({ done: true, value: undefined })
  expect((await brunos)?.value).toContain('ticket.opened')
})

describe('at each heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a session that is over ends its stream; one that holds is told that we are here', async () => {
    const streams = createEventStreams()
    let holds = true
    const stream = streams.open(agent, () => Promise.resolve(holds))[Symbol.asyncIterator]()
    await stream.next()
    const beat = stream.next()
    await vi.advanceTimersByTimeAsync(25_000)
    expect((await beat).value).toBe(': beat\n\n')
    holds = false
    const last = stream.next()
    await vi.advanceTimersByTimeAsync(25_000)
    expect(await last).toEqual({ done: true, value: undefined })
  })
})

test('a reader that takes nothing is let go before it fills the memory', async () => {
  const streams = createEventStreams()
  const stream = streams.open(agent, always)[Symbol.asyncIterator]()
  for (let count = 0; count < 600; count++) streams.deliver(opened, { accounts: [], staff: true })
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})
