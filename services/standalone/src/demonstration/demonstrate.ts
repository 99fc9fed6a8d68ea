/**
 * The evaluation's small world: a client with a month of tickets, time and an invoice. Made by asking the services as
 * anyone would: there is no second way into the data.
 */
import * as billing from '@guichet/contracts/billing'
import type { InputOf, OutputOf, RequestContract } from '@guichet/contracts/definition'
import {
  inviteAccount,
  registerCompany,
  resolveSession,
  signInForEvaluation,
} from '@guichet/contracts/identity'
import { acceptTicket, closeTicket, openTicket, postMessage, waitTicket } from '@guichet/contracts/ticket'
import type { Role } from '@guichet/contracts/values/actor'
import type { IdentityService } from '@guichet/identity'
import type { ServiceParts } from '@guichet/service'
import { COMPANY, PEOPLE, SELLER, TICKETS, type DemoTicket } from './story.ts'

type Ask = <R extends RequestContract>(contract: R, input: InputOf<R>) => Promise<OutputOf<R>>

interface Person {
  id: string
  label: string
  ask: Ask
}

export async function demonstrate(
  parts: ServiceParts,
  identity: IdentityService,
): Promise<{ id: string; label: string }[]> {
  const { requests } = parts.bus
  const asHouse: Ask = async (contract, input) =>
    requests.ask(contract, input, { token: await parts.actors.own() })
  const company = await asHouse(registerCompany, { company: COMPANY, idempotencyKey: 'company' })

  async function enter(key: keyof typeof PEOPLE): Promise<Person> {
    const { name, email, roles, label, ofHouse } = PEOPLE[key]
    const account = await asHouse(inviteAccount, {
      companyId: ofHouse ? null : company.id,
      name,
      email,
      roles: [...roles] as Role[],
      language: 'fr',
      idempotencyKey: key,
    })
    await identity.activateForEvaluation(account)
    const link = identity.evaluationPath(account.id).split('/').at(-1) ?? ''
    const { session } = await requests.ask(signInForEvaluation, { link, clientAddress: '127.0.0.1' })
    return {
      id: account.id,
      label: `${name}, ${label}`,
      ask: async (contract, input) => {
        const { token } = await requests.ask(resolveSession, { session })
        return requests.ask(contract, input, { token })
      },
    }
  }

  const [customer, agent, finance, admin] = [
    await enter('customer'),
    await enter('agent'),
    await enter('finance'),
    await enter('admin'),
  ]
  await finance.ask(billing.putSeller, { seller: SELLER })
  await finance.ask(billing.putContract, {
    companyId: company.id,
    terms: {
      rates: [
        { kind: 'À distance', unit: 'hour', price: '85.00', vatRate: '21' },
        { kind: 'Sur place', unit: 'hour', price: '95.00', vatRate: '21' },
        { kind: 'Déplacement', unit: 'km', price: '0.4327', vatRate: '21' },
      ],
      rounding: { stepMinutes: 15, minimumMinutes: 15 },
      customersSeeTime: true,
    },
  })
  const today = parts.clock.now().toZonedDateTimeISO(Temporal.Now.timeZoneId()).toPlainDate()
  for (const ticket of TICKETS) await play(ticket, customer, agent, today)
  await invoiceLastMonth(finance, company.id, today)
  return [customer, agent, finance, admin].map(({ id, label }) => ({ id, label }))
}

async function play(
  story: DemoTicket,
  customer: Person,
  agent: Person,
  today: Temporal.PlainDate,
): Promise<void> {
  const { number } = await customer.ask(openTicket, {
    subject: story.subject,
    description: story.description,
    priority: story.priority,
    idempotencyKey: story.subject,
  })
  if (story.stays === 'new') return
  await agent.ask(acceptTicket, { number })
  for (const { from, text, internal } of story.messages) {
    const person = from === 'agent' ? agent : customer
    await person.ask(postMessage, { number, text, internal })
  }
  for (const { daysAgo, ...prestation } of story.prestations) {
    const workedOn = today.subtract({ days: daysAgo }).toString()
    await agent.ask(billing.logPrestation, { ticket: number, prestation: { ...prestation, workedOn } })
  }
  if (story.stays === 'waiting') await agent.ask(waitTicket, { number })
  if (story.stays === 'closed') await agent.ask(closeTicket, { number })
}

/** What was worked before this month is invoiced, as finance does at its end. */
async function invoiceLastMonth(
  finance: Person,
  companyId: string,
  today: Temporal.PlainDate,
): Promise<void> {
  const to = today.with({ day: 1 }).subtract({ days: 1 })
  const { drafts } = await finance.ask(billing.runInvoices, {
    from: to.with({ day: 1 }).subtract({ months: 1 }).toString(),
    to: to.toString(),
    companyId,
  })
  for (const { id } of drafts) await finance.ask(billing.issueInvoice, { id })
}
