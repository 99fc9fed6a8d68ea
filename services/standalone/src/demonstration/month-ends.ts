/** What finance does in the story: a pack sold, months closed, money that came in, one client who is late. */
import * as billing from '@guichet/contracts/billing'
import type { World } from './demonstrate.ts'
import { COMPANIES, type CompanyKey } from './people.ts'
import { instantOf, workingDaysBefore, type StoryAct } from './story-times.ts'

const FIRST_WORK = 40
/** Who pays, and how many days after the invoice. The garage lets it fall due. */
const PAYS_AFTER: Partial<Record<CompanyKey, number>> = { delvaux: 11, renard: 6 }

export function billingActs(world: World, now: Temporal.Instant): StoryAct[] {
  const zone = Temporal.Now.timeZoneId()
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const at = (day: Temporal.PlainDate, plainTime: string) =>
    day.toZonedDateTime({ timeZone: zone, plainTime }).toInstant()
  const acts = sellPack(world, now, workingDaysBefore(today, FIRST_WORK))
  const begins = workingDaysBefore(today, FIRST_WORK)
  for (let month = begins.toPlainYearMonth(); ; month = month.add({ months: 1 })) {
    const firstAfter = month.add({ months: 1 }).toPlainDate({ day: 1 })
    const closes = at(firstWorkingDayFrom(firstAfter), '09:30')
    if (Temporal.Instant.compare(closes, now) >= 0) break
    for (const key of Object.keys(COMPANIES) as CompanyKey[])
      acts.push(...closeMonth(world, key, month, closes, now))
  }
  return acts
}

function firstWorkingDayFrom(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek <= 5 ? day : firstWorkingDayFrom(day.add({ days: 1 }))
}

type AskFinance = ReturnType<World['as']>

function sellPack({ as, company }: World, now: Temporal.Instant, day: Temporal.PlainDate): StoryAct[] {
  const ask = as('karim')
  const at = instantOf([FIRST_WORK, '11:00'], now)
  const pack = {
    minutes: 600,
    price: '900.00',
    vatRate: '21',
    validFrom: day.toString(),
    validUntil: day.add({ years: 1 }).toString(),
  }
  return collected(ask, at, 9, now, async () => {
    const input = { companyId: company('renard'), pack, idempotencyKey: 'pack-renard' }
    const { invoice } = await ask(billing.sellPack, input)
    return invoice === null ? [] : [invoice]
  })
}

function closeMonth(
  { as, company }: World,
  key: CompanyKey,
  month: Temporal.PlainYearMonth,
  closes: Temporal.Instant,
  now: Temporal.Instant,
): StoryAct[] {
  const ask = as('karim')
  return collected(ask, closes, PAYS_AFTER[key], now, async () => {
    const { drafts } = await ask(billing.runInvoices, {
      from: month.toPlainDate({ day: 1 }).toString(),
      to: month.toPlainDate({ day: month.daysInMonth }).toString(),
      companyId: company(key),
      idempotencyKey: `run-${key}-${month.toString()}`,
    })
    return drafts.map(({ id }) => id)
  })
}

/** Drafts are made and issued, and paid some days later where that day has come. What is done already stays. */
function collected(
  ask: AskFinance,
  at: Temporal.Instant,
  paysAfterDays: number | undefined,
  now: Temporal.Instant,
  drafts: () => Promise<string[]>,
): StoryAct[] {
  let ids: string[] = []
  const issue = async () => {
    ids = await drafts()
    for (const id of ids) {
      const { status } = await ask(billing.getInvoice, { id })
      if (status === 'draft') await ask(billing.issueInvoice, { id })
    }
  }
  if (paysAfterDays === undefined) return [{ at, run: issue }]
  const paidAt = at.add({ hours: 24 * paysAfterDays })
  const paidOn = paidAt.toZonedDateTimeISO(Temporal.Now.timeZoneId()).toPlainDate().toString()
  const pay = async () => {
    for (const id of ids) {
      const { status, totals } = await ask(billing.getInvoice, { id })
      if (status !== 'issued') continue
      const payment = { amount: totals.payable, paidOn }
      await ask(billing.recordPayment, { id, payment, idempotencyKey: `paid-${id}` })
    }
  }
  const isPaid = Temporal.Instant.compare(paidAt, now) < 0
  return [{ at, run: issue }, ...(isPaid ? [{ at: paidAt, run: pay }] : [])]
}
