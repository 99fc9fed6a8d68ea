import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { after, hastened, newDelivery, retried, type Outcome } from './delivery.ts'

const AT = '2026-12-01T09:00:00.000Z'
const fresh = () =>
  newDelivery({ number: 'F-1', companyId: 'acme', companyName: 'Acme', recipient: '0208:0417497106' }, AT)
const away: Outcome = { kind: 'trouble', reason: { code: 'access-point-unreachable', said: 'ECONNREFUSED' } }
const refused: Outcome = { kind: 'refused', reason: { code: 'access-point-refused', said: 'no' } }
const through = (outcomes: Outcome[], at = AT) =>
  outcomes.reduce((delivery, outcome) => after(delivery, outcome, at), fresh())
const TO_NETWORK: Outcome = { kind: 'route', channel: 'peppol', reason: null }
const HANDED: Outcome = { kind: 'handed-over', submissionId: 'doc-1', followed: true }

describe('an invoice on its way', () => {
  test('goes through every state, and each is remembered', () => {
    const delivery = through([TO_NETWORK, HANDED, { kind: 'under-way' }, { kind: 'delivered' }])
    expect(delivery).toMatchObject({ state: 'delivered', nextAt: null, submissionId: 'doc-1' })
    expect(delivery.history.map(({ state }) => state)).toEqual([
      'validated',
      'queued',
      'submitted',
      'delivered',
    ])
  })

  test('by mail or folder is handed over, and nothing more is claimed', () => {
    const reason = { code: 'recipient-not-on-network', said: null }
    expect(through([{ kind: 'route', channel: 'mail', reason }])).toMatchObject({
      state: 'submitted',
      channel: 'mail',
      nextAt: null,
      reason,
    })
    const folder = through([
      { kind: 'route', channel: 'folder', reason: null },
      { ...HANDED, followed: false },
    ])
    expect(folder).toMatchObject({ state: 'submitted', channel: 'folder', nextAt: null })
  })

  test('waits longer each time, an hour at most, and gives up after three days', () => {
    let delivery = after(fresh(), TO_NETWORK, AT)
    const pauses: number[] = []
    let at = AT
    for (let tries = 0; tries < 10; tries += 1) {
      delivery = after(delivery, away, at)
      const next = delivery.nextAt ?? ''
      pauses.push((Date.parse(next) - Date.parse(at)) / 1000)
      at = next
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
    const late = after(delivery, away, '2026-12-04T09:00:00.000Z')
    expect(late).toMatchObject({
      state: 'failed',
      nextAt: null,
      reason: { code: 'access-point-unreachable' },
    })
  })

  test('once handed over never fails for want of news', () => {
    const delivery = after(through([TO_NETWORK, HANDED]), away, '2027-12-01T09:00:00.000Z')
    expect(delivery.state).toBe('submitted')
    expect(delivery.nextAt).not.toBeNull()
  })

  test('tried again by a person: a refusal is another submission, a lost answer the same one', () => {
    const after72h = after(through([TO_NETWORK, away]), away, '2026-12-05T09:00:00.000Z')
    expect(retried(after72h, AT)).toMatchObject({
      state: 'validated',
      round: 1,
      submissionId: null,
      nextAt: AT,
    })
    expect(retried(through([TO_NETWORK, refused]), AT)).toMatchObject({ state: 'validated', round: 2 })
  })

  test('news hastens only what is under way', () => {
    const later = '2026-12-01T09:00:05.000Z'
    expect(hastened(through([TO_NETWORK, HANDED]), later).nextAt).toBe(later)
    for (const outcomes of [[], [TO_NETWORK], [TO_NETWORK, HANDED, { kind: 'delivered' as const }]]) {
      const delivery = through(outcomes)
      expect(hastened(delivery, later)).toBe(delivery)
    }
  })

  test('is called delivered by nothing but the access point’s word', () => {
    const anything = fc.constantFrom<Outcome>(
      TO_NETWORK,
      HANDED,
      { ...HANDED, followed: false },
      { kind: 'under-way' },
      refused,
      away,
      { kind: 'route', channel: 'mail', reason: null },
      { kind: 'route', channel: 'folder', reason: null },
    )
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 80 }), (outcomes) => {
        const delivery = through(outcomes)
        expect(delivery.history.map(({ state }) => state)).not.toContain('delivered')
        expect(delivery.history.length).toBeLessThanOrEqual(50)
      }),
    )
  })
})
