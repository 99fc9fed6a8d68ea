/**
 * The evaluation's world. People, contracts and links are there before the product says that it is ready; then the
 * story of the last two months is told behind it, in about a second. Made by asking the services as anyone would:
 * there is no second way into the data. Every act has its key, so that a story cut short goes on at the next start.
 */
import * as billing from '@guichet/contracts/billing'
import type { InputOf, OutputOf, RequestContract } from '@guichet/contracts/definition'
import {
  inviteAccount,
  registerCompany,
  resolveSession,
  signInForEvaluation,
} from '@guichet/contracts/identity'
import { listNotifications, markNotificationViewed } from '@guichet/contracts/notification'
import { listTickets, markRead, openTicket, postMessage, putCannedReply } from '@guichet/contracts/ticket'
import type { Role } from '@guichet/contracts/values/actor'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import type { IdentityService } from '@guichet/identity'
import type { ServiceParts } from '@guichet/service'
import { newBlobId } from '@guichet/store'
import { billingActs } from './month-ends.ts'
import { COMPANIES, PEOPLE, personOf, SELLER, type CompanyKey, type PersonKey } from './people.ts'
import type { StoryClock } from './story-clock.ts'
import { instantOf, type StoryAct } from './story-times.ts'
import { CANNED_REPLIES, TICKETS, type Act, type DemoTicket } from './story.ts'

export type Ask = <R extends RequestContract>(contract: R, input: InputOf<R>) => Promise<OutputOf<R>>

export interface World {
  company: (key: CompanyKey) => string
  as: (key: PersonKey) => Ask
  id: (key: PersonKey) => string
  /** One-click links: whom the sign-in page offers. */
  accounts: { id: string; label: string }[]
}

const keysOf = <T extends object>(record: T) => Object.keys(record) as (keyof T)[]

/** Idempotent: a second call finds what the first made. */
export async function settle(parts: ServiceParts, identity: IdentityService): Promise<World> {
  const { requests } = parts.bus
  const asHouse: Ask = async (contract, input) =>
    requests.ask(contract, input, { token: await parts.actors.own() })
  const companies = new Map<CompanyKey, string>()
  for (const key of keysOf(COMPANIES)) {
    const { company } = COMPANIES[key]
    companies.set(key, (await asHouse(registerCompany, { company, idempotencyKey: key })).id)
  }
  const company = (key: CompanyKey) => companies.get(key) ?? ''

  const ids = new Map<PersonKey, string>()
  const sessions = new Map<PersonKey, string>()
  for (const key of keysOf(PEOPLE)) {
    const person = personOf(key)
    const account = await asHouse(inviteAccount, {
      companyId: person.company === undefined ? null : company(person.company),
      name: person.name,
      email: person.email,
      roles: [...person.roles] as Role[],
      language: person.language,
      idempotencyKey: key,
    })
    await identity.activateForEvaluation(account)
    ids.set(key, account.id)
    // Signed in by the real clock, so that the session outlasts the story.
    const link = identity.evaluationPath(account.id).slice('/evaluation/'.length)
    const { session } = await requests.ask(signInForEvaluation, { link, clientAddress: '127.0.0.1' })
    sessions.set(key, session)
  }
  const as =
    (key: PersonKey): Ask =>
    async (contract, input) => {
      const { token } = await requests.ask(resolveSession, { session: sessions.get(key) ?? '' })
      return await requests.ask(contract, input, { token })
    }
  await as('karim')(billing.putSeller, { seller: SELLER })
  for (const key of keysOf(COMPANIES))
    await as('karim')(billing.putContract, { companyId: company(key), terms: { ...COMPANIES[key].terms } })
  for (const [name, text] of CANNED_REPLIES) await as('sofie')(putCannedReply, { id: name, name, text })
  const accounts = keysOf(PEOPLE).flatMap((key) => {
    const { name, label } = personOf(key)
    return label === undefined ? [] : [{ id: ids.get(key) ?? '', label: `${name}, ${label}` }]
  })
  return { company, as, id: (key) => ids.get(key) ?? '', accounts }
}

/** In the order in which it happened, whoever did it. */
export async function tell(parts: ServiceParts, clock: StoryClock, world: World): Promise<void> {
  const now = parts.clock.now()
  const acts = [
    ...TICKETS.flatMap((ticket) => ticketActs(parts, world, ticket, now)),
    ...billingActs(world, now),
  ]
  acts.sort((one, other) => Temporal.Instant.compare(one.at, other.at))
  for (const { at, run } of acts) await clock.at(at, run)
  const yesterday = now.subtract({ hours: 24 })
  await readOlder(world, yesterday)
  await viewOlder(world, yesterday)
}

function ticketActs(
  parts: ServiceParts,
  { as, id }: World,
  ticket: DemoTicket,
  now: Temporal.Instant,
): StoryAct[] {
  let number = 0
  const openedAt = instantOf(ticket.when, now)
  const open = async () => {
    const { subject, description, priority, phoned, by } = ticket
    const onBehalf = phoned ? { via: 'phone' as const, requesterId: id(phoned) } : {}
    ;({ number } = await as(by)(openTicket, {
      subject,
      description,
      priority,
      ...onBehalf,
      idempotencyKey: subject,
    }))
  }
  return [
    { at: openedAt, run: open },
    ...ticket.acts.map((act, index) => {
      const at = instantOf(act.when, now)
      return { at, run: async () => play(parts, as(act.by), act, number, `${number}:${index}`, at) }
    }),
  ]
}

async function play(
  parts: ServiceParts,
  ask: Ask,
  act: Act,
  number: number,
  idempotencyKey: string,
  at: Temporal.Instant,
): Promise<void> {
  if ('works' in act) {
    const { works: description, kind, minutes, km: quantity, billable } = act
    const workedOn = at.toZonedDateTimeISO(Temporal.Now.timeZoneId()).toPlainDate().toString()
    const prestation = { workedOn, kind, description, minutes, quantity, billable }
    await ask(billing.logPrestation, { ticket: number, prestation, idempotencyKey })
    return
  }
  const { says: text, note: internal, afterwards, file } = act
  const attachments = file ? [await stored(parts, file)] : []
  await ask(postMessage, { number, text, internal, afterwards, attachments, idempotencyKey })
}

async function stored(
  { store }: ServiceParts,
  { name, type, text }: { name: string; type: string; text: string },
): Promise<StoredAttachment> {
  const blobId = newBlobId()
  const { size } = await store.blobs.put(blobId, new TextEncoder().encode(text))
  return { id: newBlobId(), name, type, size, blobId }
}

/** What has not moved for a day was read by everyone whose it is to read. */
async function readOlder({ as }: World, before: Temporal.Instant): Promise<void> {
  for (const key of keysOf(PEOPLE)) {
    const { items } = await as(key)(listTickets, { view: 'open', limit: 100 })
    for (const { number, updatedAt, unread } of items)
      if (unread && Temporal.Instant.compare(updatedAt, before) < 0) await as(key)(markRead, { number })
  }
}

/** People have seen what is older than a day; the rest waits for them at the bell. */
async function viewOlder({ as }: World, before: Temporal.Instant): Promise<void> {
  for (const key of keysOf(PEOPLE)) {
    let cursor: string | undefined
    do {
      const page = await as(key)(listNotifications, { unread: true, limit: 100, cursor })
      for (const { id, at } of page.items)
        if (Temporal.Instant.compare(at, before) < 0) await as(key)(markNotificationViewed, { id })
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
}
