/** The archive over the real store; the ticket service stands beside it as a neighbour that answers what it is told. */
import { archiveStored, getArchivedTicket } from '@guichet/contracts/archiver'
import type { OutputOf } from '@guichet/contracts/definition'
import { getArchiveMaterial, ticketAged } from '@guichet/contracts/ticket'
import { answer, services } from '@guichet/service'
import {
  accountActor,
  codeOf,
  type Harness,
  serve,
  serveNeighbour,
  serviceActor,
  startHarness,
} from '@guichet/service/harness'
import { newBlobId } from '@guichet/store'
import { createFakeClock } from '@guichet/testing/fake-clock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openArchives } from './collections.ts'
import { createArchiverService } from './index.ts'

type Material = OutputOf<typeof getArchiveMaterial>

const NUMBER = 1001
const people = { requesterId: 'paul', companyId: 'acme', participantIds: ['zoe'], assigneeId: 'anne' }
const closed = (version: number, text: string): Material => ({
  version,
  facts: {
    number: NUMBER,
    subject: 'Écran noir',
    status: 'closed',
    priority: 'normal',
    mergedInto: null,
    ...people,
  },
  openedAt: '2026-08-03T08:00:00.000Z',
  closedAt: '2026-08-04T08:00:00.000Z',
  timeline: [
    {
      id: `${NUMBER}-1`,
      at: '2026-08-03T08:00:00.000Z',
      by: { id: 'paul', name: 'Paul Delvaux', staff: false },
      kind: 'message',
      text,
      quoted: null,
      html: null,
      via: 'mail',
      automatic: false,
      attachments: [],
    },
  ],
  attachments: [],
})

let harness: Harness
let material: Material
beforeEach(async () => {
  const clock = createFakeClock('2026-11-24T10:00:00Z')
  material = closed(7, 'Rien ne s’affiche.')
  const ticket = serveNeighbour('ticket', [
    answer(getArchiveMaterial, services('archiver'), async () => material),
  ])
  harness = await startHarness({ clock, services: [ticket, serve('archiver', createArchiverService, {})] })
})
afterEach(() => harness.stop())

const aged = (version = material.version) =>
  harness.publish(ticketAged, { number: NUMBER, people, version }, { key: String(NUMBER) })
const read = () => harness.as(serviceActor('ticket')).ask(getArchivedTicket, { number: NUMBER })
const kept = async () => {
  const stored = await openArchives(harness.engine.service('archiver')).get(String(NUMBER))
  if (!stored) throw new Error('nothing is archived')
  return stored.value
}

describe('an aged ticket', () => {
  test('is kept whole, told with its version and its checksum, and read as it was', async () => {
    await aged()
    const [stored] = await harness.eventsOf(archiveStored)
    expect(stored?.data).toMatchObject({ number: NUMBER, version: 7 })
    const { blobId } = await kept()
    // SHA-256 as the blob store reckoned it over what lies there, not as the archiver said.
    const info = await harness.engine.service('archiver').blobs.info(blobId)
    expect(stored?.data.checksum).toBe(info?.sha256)
    const { facts, openedAt, closedAt, timeline } = material
    expect(await read()).toEqual({
      facts,
      openedAt,
      closedAt,
      timeline,
      archivedAt: '2026-11-24T10:00:00.000Z',
      checksum: info?.sha256,
    })
  })

  test('told twice is archived once', async () => {
    await aged()
    await harness.eventsOf(archiveStored)
    const first = await kept()
    await aged()
    // Events of one key come in order: once the newer version is stored, the repeat before it has been handled.
    material = closed(9, 'Cela recommence.')
    await aged()
    await harness.eventsOf(archiveStored, ({ version }) => version === 9)
    const all = await harness.eventsOf(archiveStored)
    expect(all.map(({ data: { version } }) => version).filter((version) => version === 7)).toHaveLength(1)
    expect((await kept()).blobId).not.toBe(first.blobId)
    expect((await read()).timeline).toMatchObject([{ text: 'Cela recommence.' }])
  })

  test('that was reopened before the archiver came to it is left alone', async () => {
    material = { ...material, facts: { ...material.facts, status: 'open' } }
    await aged()
    material = closed(9, 'Fermé à nouveau.')
    await aged()
    const all = await harness.eventsOf(archiveStored)
    expect(all.map(({ data: { version } }) => version)).toEqual([9])
  })
})

describe('what is read', () => {
  test('is refused where it no longer matches its checksum, or is gone; a restored backup is read again', async () => {
    await aged()
    await harness.eventsOf(archiveStored)
    const { blobId } = await kept()
    const { blobs } = harness.engine.service('archiver')
    const whole = await blobs.read(blobId)
    await blobs.remove(blobId)
    expect(await codeOf(read())).toBe('archive-damaged')
    await blobs.put(blobId, whole.with(20, (whole[20] ?? 0) ^ 1))
    expect(await codeOf(read())).toBe('archive-damaged')
    await blobs.remove(blobId)
    await blobs.put(blobId, whole)
    expect((await read()).timeline).toEqual(material.timeline)
  })

  test('is the ticket service’s alone, which knows who may see it', async () => {
    await aged()
    await harness.eventsOf(archiveStored)
    const ask = (actor: Parameters<Harness['as']>[0]) =>
      codeOf(harness.as(actor).ask(getArchivedTicket, { number: NUMBER }))
    expect(await ask(accountActor('anne'))).toBe('forbidden')
    expect(await ask(serviceActor('billing'))).toBe('forbidden')
    expect(await codeOf(harness.as(serviceActor('ticket')).ask(getArchivedTicket, { number: 1002 }))).toBe(
      'not-found',
    )
  })
})

test('contents that nothing names go after a day, those of an archive stay', async () => {
  await aged()
  await harness.eventsOf(archiveStored)
  const store = harness.engine.service('archiver')
  const orphan = newBlobId()
  await store.blobs.put(orphan, new TextEncoder().encode('un envoi interrompu'))
  // The folder's own time says when a content was put; the hand of the sweep is the clock's.
  const hours = (more: number) => Date.now() + more * 3_600_000 - 24 * 3_600_000
  await store.blobs.sweepLoose(hours(23))
  expect(await store.blobs.info(orphan)).toBeDefined()
  await store.blobs.sweepLoose(hours(25))
  expect(await store.blobs.info(orphan)).toBeUndefined()
  expect((await read()).timeline).toEqual(material.timeline)
})
