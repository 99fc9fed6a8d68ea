/**
 * Two clients and the house, with one of everything that a door could open: for the walk that tries every door as
 * everyone. Things that a call uses up are made anew for each call.
 */
import {
  draftInvoice,
  issueInvoice,
  logPrestation,
  putContract,
  putSeller,
  runInvoices,
  sellPack,
} from '@guichet/contracts/billing'
import {
  accountInvited,
  activate,
  addAddress,
  createApiToken,
  getLinkToken,
  inviteAccount,
  registerCompany,
  signIn,
} from '@guichet/contracts/identity'
import { listLedger, listOutbox } from '@guichet/contracts/mail'
import { listNotifications } from '@guichet/contracts/notification'
import { acceptTicket, closeTicket, openTicket, waitTicket } from '@guichet/contracts/ticket'
import type { Actor, Role } from '@guichet/contracts/values/actor'
import type { GatewayService } from '@guichet/gateway'
import type { MailGatewayService } from '@guichet/mail-gateway'
import { accountActor, serviceActor, stranger, type Asker, type Harness } from '@guichet/service/harness'
import { createTransport } from 'nodemailer'
import { SELLER } from '../testing/seller.ts'

/** Of the client Delvaux: its requester (also manager and billing contact), and somebody who only works there. */
/** Of another client: a customer, and one who is manager and billing contact. Of the house: three desks. */
export const PERSONS = ['owner', 'colleague', 'other', 'rival', 'agent', 'finance', 'admin'] as const
export type Person = (typeof PERSONS)[number]
export const CALLERS = ['stranger', ...PERSONS] as const
export type Caller = (typeof CALLERS)[number]

/** Stands in everything of Delvaux: no answer to another client holds it. */
export const OF_THE_CLIENT = 'Kumquat'
/** Stands in what is said in the ticket, worked and billed: no answer to a mere colleague holds it either. */
export const OF_THE_TICKET = 'Kumquat-Secret'
/** Stands in the internal note: no customer reads it, the requester neither. */
export const OF_THE_NOTE = 'Note-Interne'

const ADDRESS = { street: 'Avenue des Arts 8', zip: '1348', city: 'Louvain-la-Neuve', country: 'BE' }
export const PASSWORD = 'Boulangerie-2026!'
const HERE = '127.0.0.1'
const ROLES: Record<Person, Role[]> = {
  owner: ['customer', 'manager', 'billing'],
  colleague: ['customer'],
  other: ['customer'],
  rival: ['customer', 'manager', 'billing'],
  agent: ['agent'],
  finance: ['finance'],
  admin: ['admin'],
}

export interface World {
  readonly harness: Harness
  readonly url: string
  readonly companyId: string
  readonly otherCompanyId: string
  /** An open ticket of `owner`, with a file, a note and time. */
  readonly number: number
  readonly attachmentId: string
  readonly internalAttachmentId: string
  readonly runId: string
  readonly invoice: { id: string; number: string; line: string }
  readonly mailId: string
  readonly outgoingId: string
  id: (person: Person) => string
  actor: (caller: Caller) => Actor
  as: (caller: Caller) => Asker
  cookie: (caller: Caller) => string
  /** Signs in anew. */
  enter: (caller: Caller) => Promise<void>
  /** A new ticket of `owner` in this status. */
  ticket: (status?: 'new' | 'open' | 'waiting' | 'closed') => Promise<number>
  prestation: () => Promise<string>
  draft: () => Promise<string>
  issued: () => Promise<string>
  invited: () => Promise<string>
  /** The welcome link of somebody who was invited and has not come. */
  link: () => Promise<string>
  apiToken: () => Promise<string>
  /** An address that `owner` writes from. */
  senderAddress: () => Promise<string>
  quarantined: () => Promise<string>
  /** One of `owner`'s notifications. */
  notification: () => Promise<string>
  /** Never the same twice. */
  fresh: (what: string) => string
}

export async function furnish(harness: Harness): Promise<World> {
  const gateway = harness.services.find(({ definition }) => definition.name === 'gateway') as GatewayService
  const mails = harness.services.find(
    ({ definition }) => definition.name === 'mail-gateway',
  ) as MailGatewayService
  const url = gateway.address()
  const house = harness.as(serviceActor('standalone'))
  let count = 0
  const fresh = (what: string) => `${what}-${(count += 1)}`

  const { id: companyId } = await house.ask(registerCompany, {
    company: {
      name: `${OF_THE_CLIENT} SRL`,
      legalName: `${OF_THE_CLIENT} SRL`,
      vatNumber: 'BE0403019261',
      enterpriseNumber: '0403019261',
      address: ADDRESS,
    },
  })
  const { id: otherCompanyId } = await house.ask(registerCompany, { company: { name: 'Autre SA' } })
  const companyOf: Record<Person, string | null> = {
    owner: companyId,
    colleague: companyId,
    other: otherCompanyId,
    rival: otherCompanyId,
    agent: null,
    finance: null,
    admin: null,
  }
  const actors = new Map<Caller, Actor>([['stranger', stranger]])
  const ids = new Map<Person, string>()
  const cookies = new Map<Caller, string>([['stranger', '']])
  for (const person of PERSONS) {
    const of = companyOf[person]
    const name = of === companyId ? `${OF_THE_CLIENT} ${person}` : person
    const { id, email } = await house.ask(inviteAccount, {
      companyId: of,
      email: `${person}@${of === companyId ? OF_THE_CLIENT.toLowerCase() : 'ailleurs'}.test`,
      name,
      roles: ROLES[person],
      language: 'fr',
    })
    const [invited] = await harness.eventsOf(accountInvited, (data) => data.accountId === id)
    const { token } = await harness
      .as(serviceActor('notification'))
      .ask(getLinkToken, { linkId: invited?.data.linkId ?? '' })
    const { session } = await harness
      .as(stranger)
      .ask(activate, { token, password: PASSWORD, clientAddress: HERE })
    ids.set(person, id)
    cookies.set(person, `guichet_session=${session}`)
    actors.set(person, accountActor(id, { companyId: of, roles: ROLES[person], name, email }))
  }
  const as = (caller: Caller) => harness.as(actors.get(caller) ?? stranger)
  const idOf = (person: Person) => ids.get(person) ?? ''

  async function ticket(status: 'new' | 'open' | 'waiting' | 'closed' = 'new'): Promise<number> {
    const { number } = await as('owner').ask(openTicket, {
      subject: `${OF_THE_TICKET} ${fresh('panne')}`,
      description: `${OF_THE_TICKET}: le voyant clignote.`,
    })
    if (status === 'new') return number
    await as('agent').ask(acceptTicket, { number })
    if (status === 'waiting') await as('agent').ask(waitTicket, { number })
    if (status === 'closed') await as('agent').ask(closeTicket, { number })
    return number
  }

  /** By the door, as files come. */
  async function withFile(number: number, text: string, internal: boolean): Promise<string> {
    const form = new FormData()
    form.set('text', text)
    if (internal) form.set('internal', 'true')
    form.append('files', new Blob([text]), 'journal.txt')
    const by = internal ? 'agent' : 'owner'
    const answer = await fetch(`${url}/api/v1/tickets/${number}/messages`, {
      method: 'POST',
      headers: { cookie: cookies.get(by) ?? '' },
      body: form,
    })
    if (answer.status !== 201) throw new Error(`no file came in: ${answer.status} ${await answer.text()}`)
    return ((await answer.json()) as { attachments: { id: string }[] }).attachments[0]?.id ?? ''
  }

  const number = await ticket('open')
  const attachmentId = await withFile(number, `${OF_THE_TICKET}: voici le journal.`, false)
  const internalAttachmentId = await withFile(number, `${OF_THE_NOTE} ${OF_THE_TICKET}`, true)

  await as('finance').ask(putSeller, {
    seller: SELLER,
  })
  await as('finance').ask(putContract, {
    companyId,
    terms: {
      rates: [{ kind: 'À distance', unit: 'hour', price: '90.00', vatRate: '21' }],
      rounding: { stepMinutes: 1, minimumMinutes: 0 },
      customersSeeTime: true,
    },
  })
  const prestation = async () =>
    (
      await as('agent').ask(logPrestation, {
        ticket: number,
        prestation: {
          workedOn: '2026-11-02',
          minutes: 20,
          kind: 'À distance',
          description: `${OF_THE_TICKET}: diagnostic`,
        },
      })
    ).id
  const draft = async () =>
    (
      await as('finance').ask(draftInvoice, {
        invoice: {
          companyId,
          lines: [
            {
              description: `${OF_THE_TICKET}: clavier`,
              quantity: '1',
              unit: 'piece',
              price: '25.00',
              vatRate: '21',
            },
          ],
        },
      })
    ).id
  const issue = (id: string) => as('finance').ask(issueInvoice, { id })
  await prestation()
  const run = await as('finance').ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
  const issued = await issue(await draft())
  await as('finance').ask(sellPack, {
    companyId,
    pack: { minutes: 600, price: '800.00', vatRate: '21', validFrom: '2026-01-01', validUntil: '2099-12-31' },
  })

  const invited = async () =>
    (
      await house.ask(inviteAccount, {
        companyId,
        email: `${fresh('invite')}@kumquat.test`,
        name: `${OF_THE_CLIENT} Invitée`,
        roles: ['customer'],
      })
    ).id

  async function quarantined(): Promise<string> {
    const subject = `${OF_THE_CLIENT} ${fresh('courrier')}`
    const port = Number(mails.smtpAddress().split(':').at(-1))
    const transport = createTransport({ host: HERE, port, ignoreTLS: true })
    await transport.sendMail({
      // Each from somebody else: who is registered once is known for ever.
      from: `${fresh('inconnu')}@nulle-part.test`,
      to: 'sos@exeko.test',
      subject,
      text: 'Bonjour',
    })
    transport.close()
    const row = await harness.until(
      'the mail is quarantined',
      async () =>
        (await as('agent').ask(listLedger, { outcome: 'quarantined', limit: 100 })).items.find(
          (each) => each.subject === subject,
        ) ?? false,
    )
    return row.id
  }
  const mailId = await quarantined()
  const outgoing = await harness.until(
    'a mail waits in the outbox',
    async () =>
      (await as('agent').ask(listOutbox, { ticket: number, limit: 100 })).items.find(({ subject }) =>
        subject.includes(OF_THE_CLIENT),
      ) ?? false,
  )

  return {
    harness,
    url,
    companyId,
    otherCompanyId,
    number,
    attachmentId,
    internalAttachmentId,
    runId: run.id,
    invoice: { id: issued.id, number: issued.number ?? '', line: issued.lines[0]?.id ?? '' },
    mailId,
    outgoingId: outgoing.id,
    id: idOf,
    actor: (caller) => actors.get(caller) ?? stranger,
    as,
    cookie: (caller) => cookies.get(caller) ?? '',
    enter: async (caller) => {
      const actor = actors.get(caller)
      if (actor?.kind !== 'account') return
      const { session } = await harness
        .as(stranger)
        .ask(signIn, { login: actor.email, password: PASSWORD, clientAddress: HERE })
      cookies.set(caller, `guichet_session=${session}`)
    },
    ticket,
    prestation,
    draft,
    issued: async () => (await issue(await draft())).id,
    invited,
    link: async () => {
      const id = await invited()
      const [event] = await harness.eventsOf(accountInvited, (data) => data.accountId === id)
      return event?.data.linkId ?? ''
    },
    apiToken: async () =>
      (await as('admin').ask(createApiToken, { name: fresh('caisse'), roles: ['agent'] })).id,
    senderAddress: async () =>
      (
        await as('admin').ask(addAddress, {
          accountId: idOf('owner'),
          address: `${fresh('adresse')}@nouveau.test`,
        })
      ).address,
    quarantined,
    notification: async () => {
      const page = await harness.until('owner is told', async () => {
        const { items } = await as('owner').ask(listNotifications, { limit: 1 })
        return items[0] ?? false
      })
      return page.id
    },
    fresh,
  }
}
