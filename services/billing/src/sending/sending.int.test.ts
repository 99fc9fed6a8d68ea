import {
  draftInvoice,
  getInvoice,
  getInvoiceDocument,
  issueInvoice,
  listInvoices,
} from '@guichet/contracts/billing'
import {
  deliveryChanged,
  getDelivery,
  listDeliveries,
  noteDeliveryNews,
  retryDelivery,
  type DeliveryState,
} from '@guichet/contracts/invoice-delivery'
import { codeOf, serve, serviceActor, stranger } from '@guichet/service/harness'
import { startAccessPoint, type StandInAccessPoint } from '@guichet/testing/access-point'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBillingService } from '../index.ts'
import { anne, bea, bob, finn, openReadyDesk, testConfig, type Desk } from '../testing/desk.ts'
import { company, neighbours, serveNeighbours, ticketOf } from '../testing/neighbours.ts'

const ACME = '0208:0417497106'
let desk: Desk
let point: StandInAccessPoint

async function openSendingDesk(settings: Record<string, string>): Promise<void> {
  const table = neighbours()
  table.companies.set('acme', company('acme', { name: 'Acme' }))
  table.companies.set('zeta', company('zeta', { vatNumber: 'BE0403227515', enterpriseNumber: '0403227515' }))
  table.companies.set('jean', company('jean', { vatNumber: null, enterpriseNumber: null }))
  table.tickets.set(1001, ticketOf('acme', 1001))
  const billing = serve('billing', createBillingService, testConfig(settings))
  desk = await openReadyDesk({ services: [...serveNeighbours(table), billing] })
}

beforeEach(async () => {
  point = await startAccessPoint()
  point.receivers.add(ACME)
})
afterEach(async () => {
  await desk.stop()
  await point.stop()
})

async function issued(companyId = 'acme'): Promise<{ id: string; number: string }> {
  const line = { description: 'Licence', quantity: '1', unit: 'piece' as const, price: '100', vatRate: '21' }
  const { id } = await desk.as(finn).ask(draftInvoice, { invoice: { companyId, lines: [line] } })
  const { number } = await desk.as(finn).ask(issueInvoice, { id })
  return { id, number: number ?? '' }
}
const delivery = (id: string) => desk.as(finn).ask(getDelivery, { id })
/** Time goes on until it is there. */
const reaches = (id: string, state: DeliveryState) =>
  desk.until(`${id} is ${state}`, async () => {
    desk.fakeClock.advance({ seconds: 2 })
    const now = await delivery(id)
    return now.state === state && now
  })
/** Time goes on, and nothing happens that should not. */
async function pass(hours: number): Promise<void> {
  for (let minutes = 0; minutes < hours * 60; minutes += 10) {
    desk.fakeClock.advance({ minutes: 10 })
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('through an access point', () => {
  beforeEach(() =>
    openSendingDesk({
      ACCESS_POINT_URL: point.url,
      ACCESS_POINT_TOKEN: point.token,
      ACCESS_POINT_WEBHOOK_SECRET: 'between-us',
    }),
  )

  it('is submitted with its own bytes, and delivered when the access point says so', async () => {
    const { id, number } = await issued()
    const submitted = await reaches(id, 'submitted')
    expect(submitted).toMatchObject({ channel: 'peppol', recipient: ACME, reason: null, number })
    const [document] = point.documents
    const { blobId } = await desk.as(finn).ask(getInvoiceDocument, { id, format: 'ubl' })
    const bytes = await desk.engine.service('billing').blobs.read(blobId)
    expect(document).toMatchObject({ recipient: ACME, sender: '0208:0403019261', key: `${id}/1` })
    expect(document?.xml).toBe(new TextDecoder().decode(bytes))
    // Accepted and sent are no delivery.
    if (document) document.state = 'sent'
    await pass(1)
    expect((await delivery(id)).state).toBe('submitted')
    if (document) document.state = 'delivered'
    const done = await reaches(id, 'delivered')
    expect(done.history.map(({ state }) => state)).toEqual(['validated', 'queued', 'submitted', 'delivered'])
    await desk.eventsOf(deliveryChanged, (data) => data.state === 'delivered')
    expect(await desk.as(finn).ask(getInvoice, { id })).toMatchObject({
      delivery: { state: 'delivered', channel: 'peppol' },
    })
    expect((await desk.as(finn).ask(listInvoices, {})).items[0]?.delivery?.state).toBe('delivered')
  })

  it('is handed over once, however often the answer is lost or the access point is away', async () => {
    point.next.push('away', 'busy', 'answer-lost', 'answer-lost')
    const { id } = await issued()
    await reaches(id, 'submitted')
    expect(point.calls.filter((call) => call === 'POST /documents')).toHaveLength(5)
    expect(point.documents).toHaveLength(1)
  })

  it('fails with the access point’s reason, and goes again when a person says so', async () => {
    point.next.push({ refuse: 'Unknown document type' })
    const { id } = await issued()
    const failed = await reaches(id, 'failed')
    expect(failed).toMatchObject({
      nextAttemptAt: null,
      reason: { code: 'access-point-refused', said: 'Unknown document type' },
    })
    expect(
      (await desk.as(finn).ask(listDeliveries, { state: 'failed' })).items.map((one) => one.invoiceId),
    ).toEqual([id])
    await desk.as(finn).ask(retryDelivery, { id })
    await reaches(id, 'submitted')
    expect(point.documents.map(({ key }) => key)).toEqual([`${id}/2`])
    expect(await codeOf(desk.as(finn).ask(retryDelivery, { id }))).toBe('delivery-not-failed')
  })

  it('fails late too: taken, and then not delivered', async () => {
    const { id } = await issued()
    await reaches(id, 'submitted')
    const [document] = point.documents
    if (document) Object.assign(document, { state: 'failed', detail: 'Receiver’s access point rejects it' })
    expect((await reaches(id, 'failed')).reason?.said).toBe('Receiver’s access point rejects it')
  })

  it('gives up on an access point that stays away for three days, and not before', async () => {
    point.open = false
    const { id } = await issued()
    await desk.until('tried', () => {
      desk.fakeClock.advance({ seconds: 2 })
      return point.calls.length > 0
    })
    expect((await delivery(id)).state).toBe('validated')
    desk.fakeClock.advance({ hours: 73 })
    expect((await reaches(id, 'failed')).reason?.code).toBe('access-point-unreachable')
    point.open = true
    await desk.as(finn).ask(retryDelivery, { id })
    await reaches(id, 'submitted')
    expect(point.documents.map(({ key }) => key)).toEqual([`${id}/1`])
  })

  it('goes by mail alone to who is not on the network or has no number', async () => {
    for (const companyId of ['zeta', 'jean']) {
      const { id } = await issued(companyId)
      expect(await reaches(id, 'submitted')).toMatchObject({
        channel: 'mail',
        nextAttemptAt: null,
        reason: { code: 'recipient-not-on-network', said: null },
      })
    }
    expect(point.documents).toEqual([])
  })

  it('news hastens the question and claims nothing', async () => {
    const { id } = await issued()
    await reaches(id, 'submitted')
    const ask = (secret: string, submissionId = 'doc-1') =>
      desk.as(stranger).ask(noteDeliveryNews, { submissionId, secret })
    expect(await codeOf(ask('guessed'))).toBe('not-found')
    expect(await codeOf(ask(''))).toBe('not-found')
    // News of what is not ours says nothing, and news alone delivers nothing.
    await ask('between-us', 'doc-99')
    await ask('between-us')
    await pass(1)
    expect((await delivery(id)).state).toBe('submitted')
    const [document] = point.documents
    if (document) document.state = 'delivered'
    const before = point.calls.length
    await ask('between-us')
    await reaches(id, 'delivered')
    expect(point.calls.length).toBe(before + 1)
  })

  it('is finance’s to see and to try again, nobody else’s', async () => {
    const { id } = await issued()
    for (const who of [anne, bob]) {
      expect(await codeOf(desk.as(who).ask(getDelivery, { id }))).toBe('not-found')
      expect(await codeOf(desk.as(who).ask(retryDelivery, { id }))).toBe('not-found')
    }
    // The client's billing contact sees the invoice, and not our post.
    expect(await codeOf(desk.as(bea).ask(getDelivery, { id }))).toBe('forbidden')
    expect(await codeOf(desk.as(bea).ask(listDeliveries, {}))).toBe('forbidden')
    expect((await desk.as(bea).ask(getInvoice, { id })).delivery).toBeUndefined()
    expect(await codeOf(desk.as(stranger).ask(getDelivery, { id }))).toBe('unauthenticated')
    expect(await codeOf(desk.as(serviceActor('ticket')).ask(retryDelivery, { id }))).toBe('forbidden')
  })

  it('says of a draft that it is one', async () => {
    const line = { description: 'x', quantity: '1', unit: 'piece' as const, price: '1', vatRate: '21' }
    const { id } = await desk.as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines: [line] } })
    expect(await delivery(id)).toMatchObject({ state: 'draft', number: null, history: [] })
  })
})

describe('into a folder', () => {
  it('puts both files, whole, by month, and claims no delivery', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guichet-export-'))
    await openSendingDesk({ INVOICE_EXPORT_DIR: folder })
    const { id, number } = await issued()
    expect(await reaches(id, 'submitted')).toMatchObject({
      channel: 'folder',
      nextAttemptAt: null,
      reason: null,
    })
    expect((await readdir(join(folder, '2026-11'))).sort()).toEqual([`${number}.pdf`, `${number}.xml`])
    for (const [format, extension] of [
      ['pdf', 'pdf'],
      ['ubl', 'xml'],
    ] as const) {
      const { blobId } = await desk.as(finn).ask(getInvoiceDocument, { id, format })
      const bytes = await desk.engine.service('billing').blobs.read(blobId)
      const put = await readFile(join(folder, '2026-11', `${number}.${extension}`))
      expect(put.equals(Buffer.from(bytes))).toBe(true)
    }
    const person = await issued('jean')
    expect(await reaches(person.id, 'submitted')).toMatchObject({ channel: 'folder' })
    expect(await readdir(join(folder, '2026-11'))).not.toContain(`${person.number}.xml`)
    await rm(folder, { recursive: true })
  })

  it('waits for a folder that cannot be written', async () => {
    await openSendingDesk({ INVOICE_EXPORT_DIR: '/dev/null/nowhere' })
    const { id } = await issued()
    const waiting = await desk.until('tried', async () => {
      desk.fakeClock.advance({ seconds: 2 })
      const now = await delivery(id)
      return now.attempts > 0 && now
    })
    expect(waiting).toMatchObject({
      state: 'queued',
      reason: { code: 'access-point-unreachable', said: 'ENOTDIR' },
    })
  })
})
