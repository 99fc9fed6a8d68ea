/** What other services know and a telling needs. Asked as this service, at the time of telling. */
import { getInvoiceDocument } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { getAccounts, getCompany, listAccounts, listStaff, type Account } from '@guichet/contracts/identity'
import { getFacts, type TicketFacts } from '@guichet/contracts/ticket'
import { ANSWERING, isAwayOn } from '@guichet/contracts/values/absence'
import type { Role } from '@guichet/contracts/values/actor'
import { dayIn } from '@guichet/contracts/values/day'
import { decodeMessageBody, type MessageBody } from '@guichet/contracts/values/message-body'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { effectId, type ServiceParts } from '@guichet/service'
import type { NotificationConfig } from './config.ts'
import type { Counter } from './domain/telling.ts'

export interface Facts {
  ticket: (number: number) => Promise<TicketFacts>
  accounts: (ids: readonly string[]) => Promise<Map<string, Account>>
  /** Who answers clients, and who of them is away that day. */
  counter: (at: string) => Promise<Counter>
  billingContactIds: (companyId: string) => Promise<string[]>
  /** People of a client with one of these roles. */
  contactIds: (companyId: string, roles: readonly Role[]) => Promise<string[]>
  /** Active people of the house with this role. */
  staffIds: (role: Role) => Promise<string[]>
  /** '' for one that is gone. */
  companyName: (companyId: string) => Promise<string>
  body: (blobId: string) => Promise<MessageBody>
  /** An issued document, as a mail of this event carries it. */
  invoiceDocument: (eventId: string, invoiceId: string, format: 'pdf' | 'ubl') => Promise<StoredAttachment>
}

export function createFacts({ bus, actors, store, config }: ServiceParts<NotificationConfig>): Facts {
  const { requests } = bus

  async function contactIds(companyId: string, wanted: readonly Role[]): Promise<string[]> {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await requests.ask(
        listAccounts,
        { companyId, limit: 100, cursor },
        { token: await actors.own() },
      )
      for (const { id, roles, status } of page.items) {
        if (roles.some((role) => wanted.includes(role)) && status !== 'inactive') ids.push(id)
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return ids
  }

  return {
    ticket: async (number) => requests.ask(getFacts, { number }, { token: await actors.own() }),
    accounts: async (ids) => {
      const { items } = await requests.ask(
        getAccounts,
        { ids: [...new Set(ids)] },
        { token: await actors.own() },
      )
      return new Map(items.map((account) => [account.id, account]))
    },
    counter: async (at) => {
      const token = await actors.own()
      const { items } = await requests.ask(listStaff, { roles: [...ANSWERING] }, { token })
      const agents = items.filter(({ roles }) => roles.includes('agent'))
      const day = dayIn(Temporal.Instant.from(at), config.TZ)
      return {
        agentIds: (agents.length > 0 ? agents : items).map(({ id }) => id),
        answeringIds: items.map(({ id }) => id),
        away: new Map(
          items.flatMap(({ id, absence }) => (isAwayOn(absence, day) ? [[id, absence.deputyId]] : [])),
        ),
      }
    },
    billingContactIds: (companyId) => contactIds(companyId, ['billing']),
    contactIds,
    staffIds: async (role) => {
      const { items } = await requests.ask(listStaff, { roles: [role] }, { token: await actors.own() })
      return items.map(({ id }) => id)
    },
    companyName: async (id) => {
      try {
        return (await requests.ask(getCompany, { id }, { token: await actors.own() })).name
      } catch (error) {
        if (error instanceof Failure && error.code === 'not-found') return ''
        throw error
      }
    },
    body: async (blobId) => decodeMessageBody(await store.blobs.read(blobId)),
    invoiceDocument: async (eventId, invoiceId, format) => {
      const token = await actors.own()
      const document = await requests.ask(getInvoiceDocument, { id: invoiceId, format }, { token })
      const { blobId, name, size, type } = document
      return { id: effectId(eventId, format), name, size, type, blobId }
    },
  }
}
