/** Many at once: printed before their turn, and still each with its own number, and none is missing. */
import { discardDraft, draftInvoice, getInvoiceDocument, issueInvoice } from '@guichet/contracts/billing'
import { codeOf } from '@guichet/service/harness'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { company } from '../testing/neighbours.ts'
import { pdfPages } from '../testing/pdf-text.ts'
import { finn, openReadyDesk, type Desk } from '../testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
  desk.table.companies.set('nowhere', company('nowhere', { address: null }))
})
afterEach(() => desk.stop())

const line = { description: 'Licence', quantity: '1', unit: 'piece' as const, price: '100', vatRate: '21' }
const draft = async (companyId = 'acme') =>
  (await desk.as(finn).ask(draftInvoice, { invoice: { companyId, lines: [line] } })).id
const issue = (id: string) => desk.as(finn).ask(issueInvoice, { id })

test('what fails in the middle takes no number, and those behind it get theirs on their own paper', async () => {
  const ids: string[] = []
  for (let at = 0; at < 24; at += 1) ids.push(await draft(at % 5 === 3 ? 'nowhere' : 'acme'))
  const gone = ids[7] ?? ''
  await desk.as(finn).ask(discardDraft, { id: gone })
  const outcomes = await Promise.all(ids.map(async (id) => ({ id, failed: await codeOf(issue(id)) })))
  expect(outcomes.filter(({ failed }) => failed === 'buyer-missing')).toHaveLength(5)
  expect(outcomes.filter(({ failed }) => failed === 'not-found').map(({ id }) => id)).toEqual([gone])
  const issued = outcomes.filter(({ failed }) => failed === undefined)
  const numbers: string[] = []
  const { blobs } = desk.engine.service('billing')
  for (const { id } of issued) {
    const { number } = await issue(id)
    numbers.push(number ?? '')
    const { blobId, name } = await desk.as(finn).ask(getInvoiceDocument, { id, format: 'pdf' })
    expect(name).toBe(`${number}.pdf`)
    expect(pdfPages(await blobs.read(blobId))[0]?.split('\n')).toContain(number)
  }
  // Which request comes first is the callers' business.
  expect(new Set(numbers)).toEqual(new Set(issued.map((_, at) => `F-${at + 1}`)))
})
