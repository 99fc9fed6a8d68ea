import { draftInvoice, getInvoiceDocument, issueInvoice } from '@guichet/contracts/billing'
import type { Failure } from '@guichet/contracts/failure'
import { getLogo, putLogo } from '@guichet/contracts/letterhead'
import { codeOf } from '@guichet/service/harness'
import { newBlobId } from '@guichet/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anne, bea, finn, openReadyDesk, type Desk } from './testing/desk.ts'
import { sampleLogo } from './testing/sample-logo.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

async function uploaded(bytes: Uint8Array) {
  const { id: blobId, size } = await desk.engine.service('billing').blobs.put(newBlobId(), bytes)
  return { blobId, name: 'exeko.png', type: 'image/png', size }
}
async function paper(): Promise<string> {
  const line = { description: 'Licence', quantity: '1', unit: 'piece' as const, price: '100', vatRate: '21' }
  const { id } = await desk.as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines: [line] } })
  await desk.as(finn).ask(issueInvoice, { id })
  const { blobId } = await desk.as(finn).ask(getInvoiceDocument, { id, format: 'pdf' })
  return Buffer.from(await desk.engine.service('billing').blobs.read(blobId)).toString('latin1')
}
const picturesIn = (pdf: string) => [...pdf.matchAll(/\/Subtype \/Image/g)].length

test('a logo stands on every invoice from then on, until it is taken off', async () => {
  expect(picturesIn(await paper())).toBe(0)
  const logo = await uploaded(sampleLogo())
  await desk.as(finn).ask(putLogo, { logo })
  expect(await desk.as(anne).ask(getLogo, {})).toEqual(logo)
  // The picture and its transparency.
  expect(picturesIn(await paper())).toBe(2)
  const { blobs } = desk.engine.service('billing')
  await blobs.sweepLoose(Date.now() + 1)
  expect(picturesIn(await paper())).toBe(2)
  await desk.as(finn).ask(putLogo, { logo: null })
  expect(await desk.as(finn).ask(getLogo, {})).toBeNull()
  expect(picturesIn(await paper())).toBe(0)
  await desk.as(finn).ask(putLogo, { logo: await uploaded(sampleLogo()) })
  expect(picturesIn(await paper())).toBe(2)
})

test.each([
  ['logo-not-an-image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['logo-unreadable', Buffer.from(sampleLogo().subarray(0, 40))],
  ['logo-too-large', Buffer.concat([sampleLogo(), Buffer.alloc(300_000)])],
])('what no invoice can be drawn with is refused at once: %s', async (code, bytes) => {
  const failure = await desk
    .as(finn)
    .ask(putLogo, { logo: await uploaded(bytes) })
    .then(
      () => undefined,
      (error: Failure) => error,
    )
  expect(failure?.fields).toEqual([{ path: 'files', code }])
  expect(await desk.as(finn).ask(getLogo, {})).toBeNull()
  expect(picturesIn(await paper())).toBe(0)
})

test('is finance’s to set, and nothing to clients', async () => {
  const logo = await uploaded(sampleLogo())
  for (const who of [anne, bea]) expect(await codeOf(desk.as(who).ask(putLogo, { logo }))).toBe('forbidden')
  expect(await codeOf(desk.as(bea).ask(getLogo, {}))).toBe('forbidden')
})
