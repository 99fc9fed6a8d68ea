/** Tickets over the real store: who sees what, what is done once, what is in which list, what the archive leaves. */
import { archiveStored } from '@guichet/contracts/archiver'
import { mailAccepted } from '@guichet/contracts/mail'
import {
  acceptTicket,
  assignTicket,
  changeTicket,
  closeTicket,
  countQueue,
  getArchiveMaterial,
  getTicket,
  getTimeline,
  listTickets,
  markRead,
  mergeTicket,
  messagePosted,
  openAttachment,
  openTicket,
  postMessage,
  ticketAged,
  ticketArchived,
  ticketClosed,
  ticketOpened,
} from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { newBlobId } from '@guichet/store'
import { codeOf, serviceActor } from '@guichet/service/harness'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anne, bob, bruno, finn, mona, openCounter, paul, zoe, type Counter } from './testing/counter.ts'

let counter: Counter
beforeEach(async () => {
  counter = await openCounter()
})
afterEach(() => counter.stop())

const ask = (actor: AccountActor) => counter.as(actor)
const numbers = async (actor: AccountActor, query: Parameters<typeof listing>[1] = {}) =>
  (await listing(actor, query)).items.map(({ number }) => number)
const listing = (actor: AccountActor, query: Partial<Record<string, string | number>>) =>
  ask(actor).ask(listTickets, query)

async function file(name: string, text: string) {
  const blobId = newBlobId()
  const { size } = await counter.engine.service('ticket').blobs.put(blobId, new TextEncoder().encode(text))
  return { id: newBlobId(), name, size, type: 'text/plain', blobId }
}

describe('opening', () => {
  test('under one key is one ticket, with its number, its file and its description', async () => {
    const attachment = await file('journal.txt', 'erreur 0x61')
    const input = {
      subject: 'Écran noir',
      description: 'Depuis hier.',
      attachments: [attachment],
      idempotencyKey: 'once',
    }
    const answers = await Promise.all([1, 2, 3].map(() => ask(paul).ask(openTicket, input)))
    expect(new Set(answers.map(({ number }) => number))).toEqual(new Set([1001]))
    // The same key of another person is another ticket (spec/security.md line 19).
    expect((await ask(zoe).ask(openTicket, { ...input, attachments: [] })).number).not.toBe(1001)
    const { timeline } = await ask(paul).ask(getTicket, { number: 1001 })
    expect(timeline).toMatchObject([
      { kind: 'message', text: 'Depuis hier.', attachments: [{ name: 'journal.txt' }] },
    ])
    expect(await ask(anne).ask(openAttachment, { id: attachment.id })).toMatchObject({
      blobId: attachment.blobId,
    })
    expect(await codeOf(ask(zoe).ask(openAttachment, { id: attachment.id }))).toBe('not-found')
  })

  test('thirty at once are thirty numbers without a gap', async () => {
    const made = await Promise.all(Array.from({ length: 30 }, (_, at) => counter.opened(paul, `Panne ${at}`)))
    expect(made.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => 1001 + at))
  })

  test('where the company’s priority is locked it is normal, then and later', async () => {
    counter.companies.set('acme', { ...counter.companies.get('acme')!, priorityLocked: true })
    const { number, priority } = await ask(paul).ask(openTicket, {
      subject: 'Urgent !',
      description: '',
      priority: 'urgent',
    })
    expect(priority).toBe('normal')
    expect((await ask(anne).ask(changeTicket, { number, changes: { priority: 'high' } })).priority).toBe(
      'normal',
    )
  })

  test('on behalf of a customer is staff’s; the requester must exist', async () => {
    const input = { subject: 'Appel', description: 'Par téléphone.', via: 'phone' as const }
    const ticket = await ask(anne).ask(openTicket, { ...input, requesterId: 'paul' })
    expect(ticket).toMatchObject({ requester: { name: 'Paul Delvaux' }, company: { name: 'Acme' } })
    expect(await codeOf(ask(zoe).ask(openTicket, { ...input, requesterId: 'paul' }))).toBe('forbidden')
    expect(await codeOf(ask(anne).ask(openTicket, { ...input, requesterId: 'nobody' }))).toBe(
      'invalid-fields',
    )
  })
})

describe('who sees a ticket', () => {
  test('its customer and the house; a manager where the company says so; nobody else', async () => {
    const number = await counter.opened(paul)
    for (const actor of [paul, anne, finn])
      expect((await ask(actor).ask(getTicket, { number })).number).toBe(number)
    for (const actor of [zoe, mona, bob])
      expect([await codeOf(ask(actor).ask(getTicket, { number })), await numbers(actor)]).toEqual([
        'not-found',
        [],
      ])
    counter.companies.set('acme', { ...counter.companies.get('acme')!, managersSeeAll: true })
    counter.fakeClock.advance({ minutes: 2 })
    expect((await ask(mona).ask(getTicket, { number })).number).toBe(number)
    expect(await numbers(mona)).toEqual([number])
    expect(await codeOf(ask(zoe).ask(getTicket, { number }))).toBe('not-found')
  })

  test('a note, its file and its words are staff’s alone', async () => {
    const number = await counter.opened(paul)
    const secret = await file('mots-de-passe.txt', 'x')
    await ask(anne).ask(postMessage, {
      number,
      text: 'Client difficile : zirconium',
      internal: true,
      attachments: [secret],
    })
    const { timeline } = await ask(paul).ask(getTicket, { number })
    expect(timeline.map(({ kind }) => kind)).toEqual(['message'])
    expect(await codeOf(ask(paul).ask(openAttachment, { id: secret.id }))).toBe('not-found')
    expect(await numbers(paul, { q: 'zirconium' })).toEqual([])
    expect((await ask(anne).ask(getTicket, { number })).timeline.map(({ kind }) => kind)).toEqual([
      'message',
      'note',
    ])
    expect((await ask(paul).ask(getTicket, { number })).unread).toBe(false)
  })
})

describe('a message', () => {
  test('under one key is said once; its step is in the same commit', async () => {
    const number = await counter.opened(paul)
    const input = { number, text: 'C’est réparé.', afterwards: 'close' as const, idempotencyKey: 'k' }
    const [first, second] = [await ask(anne).ask(postMessage, input), await ask(anne).ask(postMessage, input)]
    expect(second.id).toBe(first.id)
    const ticket = await ask(paul).ask(getTicket, { number })
    expect(ticket).toMatchObject({ status: 'closed', assignee: { name: 'Anne Lambert' } })
    expect(ticket.timeline.map((entry) => (entry.kind === 'status' ? entry.to : entry.kind))).toEqual([
      'message',
      'open',
      'message',
      'closed',
    ])
    const [posted] = await counter.eventsOf(messagePosted)
    const [closed] = await counter.eventsOf(ticketClosed)
    const version = (id: string | undefined) => id?.split('@')[1]?.split('.')[0]
    expect(version(closed?.id)).toBe(version(posted?.id))
  })

  test('of staff who have not seen the newest is stopped, and goes out once they have', async () => {
    const number = await counter.opened(paul)
    const seen = (await ask(anne).ask(getTicket, { number })).timeline.at(-1)?.id
    await counter.said(bruno, number, 'Je m’en occupe.')
    const answer = { number, text: 'Je regarde.' }
    expect(await codeOf(ask(anne).ask(postMessage, { ...answer, seen }))).toBe('newer-message')
    const newest = (await ask(anne).ask(getTicket, { number })).timeline.at(-1)?.id
    expect((await ask(anne).ask(postMessage, { ...answer, seen: newest })).text).toBe('Je regarde.')
    // A customer is never held up by support.
    expect((await ask(paul).ask(postMessage, { number, text: 'Merci', seen })).text).toBe('Merci')
  })

  test('says nothing when it is empty, and keeps what was said before it', async () => {
    const number = await counter.opened(paul)
    expect(await codeOf(ask(paul).ask(postMessage, { number, text: ' \n' }))).toBe('invalid-fields')
    expect((await ask(paul).ask(getTimeline, { number })).items).toHaveLength(1)
  })

  test('makes it unread for the others until they look', async () => {
    const number = await counter.opened(paul)
    await counter.said(anne, number, 'Bonjour')
    expect((await ask(paul).ask(getTicket, { number })).unread).toBe(true)
    expect((await ask(anne).ask(getTicket, { number })).unread).toBe(false)
    await ask(paul).ask(markRead, { number })
    expect((await ask(paul).ask(getTicket, { number })).unread).toBe(false)
  })
})

describe('the queue', () => {
  test('who waits longest is on top, answered ones follow; each part is counted', async () => {
    const [first, second, third, fourth] = [
      await counter.opened(paul, 'Un'),
      await (counter.fakeClock.advance({ minutes: 1 }), counter.opened(bob, 'Deux')),
      await (counter.fakeClock.advance({ minutes: 1 }), counter.opened(zoe, 'Trois')),
      await (counter.fakeClock.advance({ minutes: 1 }), counter.opened(paul, 'Quatre')),
    ]
    await counter.said(anne, first, 'Je regarde.')
    await counter.said(bruno, second, 'Je regarde.')
    await counter.said(bob, second, 'Toujours rien ?')
    await counter.said(anne, fourth, 'Réglé ?')
    await ask(anne).ask(closeTicket, { number: fourth })
    const queue = { view: 'open', sort: 'waiting' }
    expect(await numbers(anne, queue)).toEqual([third, second, first])
    expect(await numbers(anne, { ...queue, status: 'new' })).toEqual([third])
    expect(await numbers(anne, { ...queue, assignee: 'me' })).toEqual([first])
    expect(await numbers(anne, { ...queue, assignee: 'none' })).toEqual([third])
    expect(await numbers(anne, { ...queue, company: 'acme' })).toEqual([third, first])
    const { items } = await listing(anne, queue)
    expect(items.map(({ waitsSince }) => waitsSince)).toEqual([
      '2026-11-24T10:02:00.000Z',
      '2026-11-24T10:06:00.000Z',
      null,
    ])
    expect(await ask(anne).ask(countQueue, {})).toEqual({
      new: 1,
      mine: 1,
      unassigned: 1,
      open: 3,
      waiting: 0,
    })
    expect(await ask(bruno).ask(countQueue, {})).toMatchObject({ mine: 1 })
    // Whom support lets wait, a customer does not learn.
    expect(await codeOf(ask(paul).ask(countQueue, {}))).toBe('forbidden')
    const [own] = (await listing(paul, queue)).items
    expect(own).not.toHaveProperty('waitsSince')
  })

  test('pages through all of it, without one twice', async () => {
    for (let at = 0; at < 7; at += 1) await counter.opened(paul, `Panne ${at}`)
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const page = await listing(anne, { sort: 'waiting', limit: 3, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map(({ number }) => number))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual([1001, 1002, 1003, 1004, 1005, 1006, 1007])
  })
})

describe('search', () => {
  test('finds by number, by word without its accents, by person; within what one may see', async () => {
    const number = await counter.opened(paul, 'Clé de réseau')
    await counter.said(anne, number, 'Le commutateur clignote.')
    for (const q of [`#${number}`, String(number), 'reseau', 'COMMUTATEUR', 'delvaux', 'commut*'])
      expect([q, await numbers(anne, { q })]).toEqual([q, [number]])
    expect(await numbers(paul, { q: 'reseau' })).toEqual([number])
    expect(await numbers(bob, { q: 'reseau' })).toEqual([])
  })
})

describe('steps', () => {
  test('taken by two at once happen once; the other is told why not', async () => {
    const number = await counter.opened(paul)
    const answers = await Promise.allSettled(
      [anne, bruno].map((actor) => ask(actor).ask(acceptTicket, { number })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'ticket-not-new' },
    })
  })

  test('assigned to who is not of the house is refused', async () => {
    const number = await counter.opened(paul)
    expect(await codeOf(ask(anne).ask(assignTicket, { number, accountId: 'zoe' }))).toBe('invalid-fields')
    expect((await ask(anne).ask(assignTicket, { number, accountId: 'bruno' })).assignee?.name).toBe(
      'Bruno Claes',
    )
  })
})

describe('merging', () => {
  test('what is written on the merged one goes on where it went; a circle is refused', async () => {
    const [one, two] = [await counter.opened(paul, 'Un'), await counter.opened(paul, 'Deux')]
    await ask(anne).ask(mergeTicket, { number: one, into: two })
    await counter.said(paul, one, 'Encore ceci')
    expect((await ask(paul).ask(getTicket, { number: two })).timeline.at(-1)).toMatchObject({
      text: 'Encore ceci',
    })
    expect((await ask(anne).ask(getTicket, { number: two })).timeline).toContainEqual(
      expect.objectContaining({ kind: 'merge', from: one }),
    )
    expect(await codeOf(ask(anne).ask(mergeTicket, { number: two, into: one }))).toBe('merge-into-itself')
  })
})

const MAIL_TEXT = JSON.stringify({ subject: 'Panne', body: { text: 'Encore.', quoted: null, html: null } })
/** A mail of Paul's, as the mail gateway says it. */
async function accepted(mailId: string, number: number | null, key = mailId) {
  const contentBlobId = newBlobId()
  await counter.engine.service('ticket').blobs.put(contentBlobId, new TextEncoder().encode(MAIL_TEXT))
  const mail = {
    mailId,
    accountId: paul.accountId,
    companyId: 'acme',
    contentBlobId,
    attachments: [],
    ticket: number,
    refusedThread: null,
    automatic: false,
    participantIds: [],
    receivedAt: '2026-11-24T10:00:00.000Z',
  }
  await counter.publish(mailAccepted, mail, { key })
}

describe('a mail', () => {
  const messagesOf = (mailId: string, count = 1) =>
    counter.eventsOf(messagePosted, (data) => data.mailId === mailId, count)

  test('to a ticket that was merged is a message where it went', async () => {
    const [one, two] = [await counter.opened(paul), await counter.opened(paul)]
    await ask(anne).ask(mergeTicket, { number: one, into: two })
    await accepted('mail-1', one)
    expect((await messagesOf('mail-1')).map(({ data }) => data.number)).toEqual([two])
  })

  test('told again after its ticket was merged is not written a second time', async () => {
    const [one, two] = [await counter.opened(paul), await counter.opened(paul)]
    await accepted('mail-1', one)
    await messagesOf('mail-1')
    await ask(anne).ask(mergeTicket, { number: one, into: two })
    await accepted('mail-1', one)
    // Events of one key come in order: when this one is through, the one before it is.
    await accepted('mail-2', two, 'mail-1')
    await messagesOf('mail-2')
    expect((await messagesOf('mail-1')).map(({ data }) => data.number)).toEqual([one])
  })

  test('to a closed ticket reopens it', async () => {
    const number = await counter.opened(paul)
    await ask(anne).ask(closeTicket, { number })
    await accepted('mail-1', number)
    await messagesOf('mail-1')
    expect((await ask(paul).ask(getTicket, { number })).status).not.toBe('closed')
  })
})

describe('the archive', () => {
  const archiver = () => counter.as(serviceActor('archiver'))
  async function aged(number: number) {
    await ask(anne).ask(closeTicket, { number })
    counter.fakeClock.advance({ hours: 24 * 91 })
    return await counter.eventsOf(ticketAged, (data) => data.number === number)
  }
  async function store(number: number) {
    const { version, ...material } = await archiver().ask(getArchiveMaterial, { number })
    const { facts, openedAt, closedAt, timeline } = material
    counter.archive.set(number, {
      facts,
      openedAt,
      closedAt,
      timeline,
      archivedAt: openedAt,
      checksum: 'sum',
    })
    return version
  }

  test('takes what was closed for ninety days; the stub still shows it all, each reader their part', async () => {
    const number = await counter.opened(paul)
    await ask(anne).ask(postMessage, { number, text: 'Entre nous', internal: true })
    await aged(number)
    const version = await store(number)
    await counter.publish(archiveStored, { number, version, checksum: 'sum' }, { key: String(number) })
    await counter.eventsOf(ticketArchived)
    expect(await numbers(paul, { view: 'archive' })).toEqual([number])
    const kinds = async (actor: AccountActor) =>
      (await ask(actor).ask(getTicket, { number })).timeline.map(({ kind }) => kind)
    expect(await kinds(anne)).toContain('note')
    expect(await kinds(paul)).not.toContain('note')
    expect(await codeOf(ask(zoe).ask(getTicket, { number }))).toBe('not-found')
    expect(await codeOf(ask(paul).ask(postMessage, { number, text: 'Encore ?' }))).toBe('ticket-is-archived')
  })

  test('of a ticket is closed: a mail to it opens a new one, linked to it, once', async () => {
    const number = await counter.opened(paul)
    await aged(number)
    const version = await store(number)
    await counter.publish(archiveStored, { number, version, checksum: 'sum' }, { key: String(number) })
    await counter.eventsOf(ticketArchived)
    await accepted('mail-1', number)
    await accepted('mail-1', number)
    // Events of one key come in order: when this one is through, those before it are.
    await accepted('mail-2', null, 'mail-1')
    await counter.eventsOf(ticketOpened, ({ mailId }) => mailId === 'mail-2')
    const opened = await counter.eventsOf(ticketOpened, ({ mailId }) => mailId === 'mail-1')
    expect(opened).toHaveLength(1)
    const linked = await ask(paul).ask(getTicket, { number: opened[0]?.data.number ?? 0 })
    expect(linked).toMatchObject({ linkedTo: number, status: 'new' })
    expect((await ask(paul).ask(getTicket, { number })).status).toBe('archived')
  })

  test('leaves a ticket alone that moved on in between', async () => {
    const number = await counter.opened(paul)
    await aged(number)
    const version = await store(number)
    await counter.said(paul, number, 'Cela recommence')
    await counter.publish(archiveStored, { number, version, checksum: 'sum' }, { key: String(number) })
    // Events of one key come in order: when the second archive is taken, the first was seen and left alone.
    await ask(anne).ask(closeTicket, { number })
    counter.fakeClock.advance({ hours: 24 * 91 })
    await counter.eventsOf(ticketAged, (data) => data.number === number, 2)
    await counter.publish(
      archiveStored,
      { number, version: await store(number), checksum: 'sum' },
      { key: String(number) },
    )
    expect(await counter.eventsOf(ticketArchived)).toHaveLength(1)
    const { timeline } = await ask(paul).ask(getTicket, { number })
    expect(timeline).toContainEqual(expect.objectContaining({ text: 'Cela recommence' }))
  })
})

describe('a colleague is called by @', () => {
  test('in a note or an answer by staff; customers call nobody', async () => {
    const number = await counter.opened(paul)
    await ask(anne).ask(postMessage, { number, text: 'Un avis, @Bruno ?', internal: true })
    await ask(anne).ask(postMessage, { number, text: 'Bonjour, mon collègue @Finn Maes vous appelle.' })
    await ask(paul).ask(postMessage, { number, text: 'Merci @Bruno Claes' })
    const posted = await counter.eventsOf(messagePosted, (data) => data.number === number, 3)
    expect(posted.map(({ data }) => data.mentionedIds)).toEqual([['bruno'], ['finn'], undefined])
  })
})
