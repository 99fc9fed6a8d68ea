import type { AccountActor } from '@guichet/contracts/values/actor'
import { expect, test } from 'vitest'
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

test('too many streams of one account are refused', async () => {
  const streams = createEventStreams()
  for (let count = 0; count < 12; count++) await streams.open(agent, always)[Symbol.asyncIterator]().next()
  expect(() => streams.open(agent, always)).toThrow('too-many-requests')
})
