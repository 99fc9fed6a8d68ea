/** Who is told what, over the real store and bus: once however often an event comes, in each one's language, their own only. */
import { prepaidLow } from '@guichet/contracts/prepaid'
import {
  getAccounts,
  getCompany,
  listAccounts,
  listStaff,
  type Account,
  type Company,
} from '@guichet/contracts/identity'
import {
  listNotifications,
  mailRequested,
  markAllNotificationsViewed,
  markNotificationViewed,
  notificationCreated,
} from '@guichet/contracts/notification'
import { secondFactorChanged } from '@guichet/contracts/second-factor'
import { getFacts, messagePosted } from '@guichet/contracts/ticket'
import type { AccountActor, Role } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import { encodeMessageBody } from '@guichet/contracts/values/message-body'
import { mailQuarantined, type RenderedMail } from '@guichet/contracts/mail'
import { newBlobId } from '@guichet/store'
import { answer, createService, services } from '@guichet/service'
import { accountActor, codeOf, serve, startHarness, type Harness } from '@guichet/service/harness'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNotificationService } from './index.ts'

const person = (
  id: string,
  companyId: string | null,
  roles: Role[],
  language: Language = 'fr',
  more: Partial<Pick<Account, 'mutedMails' | 'status' | 'absence'>> = {},
): Account => ({
  id,
  companyId,
  email: `${id}@${companyId ?? 'exeko'}.test`,
  name: id[0]?.toUpperCase() + id.slice(1),
  roles,
  language,
  status: 'active',
  createdAt: '2026-01-05T09:00:00.000Z',
  ...more,
})

const PEOPLE = new Map(
  [
    person('paul', 'acme', ['customer', 'manager']),
    person('bea', 'acme', ['customer', 'billing'], 'nl'),
    person('zoe', 'acme', ['customer']),
    person('gone', 'acme', ['customer', 'billing'], 'fr', { status: 'inactive' }),
    person('quiet', 'acme', ['customer'], 'en', { mutedMails: ['message-posted'] }),
    person('sofie', null, ['agent'], 'nl'),
    person('thomas', null, ['agent']),
    person('lore', null, ['agent'], 'nl', {
      absence: { from: '2020-01-01', until: '2090-01-01', deputyId: 'thomas' },
    }),
    person('karim', null, ['finance']),
  ].map((account) => [account.id, account]),
)
const actorOf = (id: string): AccountActor => {
  const { companyId, roles } = PEOPLE.get(id) ?? person(id, null, ['agent'])
  return accountActor(id, { companyId, roles, language: PEOPLE.get(id)?.language ?? 'fr' })
}
const ACME: Company = {
  id: 'acme',
  name: 'Boulangerie Delvaux',
  legalName: null,
  vatNumber: null,
  enterpriseNumber: null,
  address: null,
  language: 'fr',
  priorityLocked: false,
  managersSeeAll: false,
  createdAt: '2026-01-05T09:00:00.000Z',
}

let harness: Harness
beforeEach(async () => {
  const active = [...PEOPLE.values()].filter(({ status }) => status === 'active')
  const neighbour = (name: string, answers: Parameters<typeof createService>[0]['answers']) =>
    serve(
      // Not by the name itself: the tokens of the harness are then the only ones.
      `${name}-neighbour`,
      (parts) => createService({ name, errors: {}, consumers: [], timers: [], emits: [], answers }, parts),
      {},
    )
  harness = await startHarness({
    services: [
      neighbour('identity', [
        answer(getAccounts, services(), async ({ ids }) => ({
          items: ids.flatMap((id) => PEOPLE.get(id) ?? []),
        })),
        answer(listAccounts, services(), async ({ companyId }) => ({
          items: [...PEOPLE.values()].filter((each) => each.companyId === companyId),
          next: null,
        })),
        answer(listStaff, services(), async ({ roles }) => ({
          items: active.filter(
            (each) => each.companyId === null && each.roles.some((role) => roles.includes(role)),
          ),
        })),
        answer(getCompany, services(), async () => ACME),
      ]),
      neighbour('ticket', [
        answer(getFacts, services(), async ({ number }) => ({
          number,
          companyId: 'acme',
          requesterId: 'paul',
          participantIds: [],
          assigneeId: 'sofie',
          subject: 'Écran noir',
          status: 'open' as const,
          priority: 'normal' as const,
          mergedInto: null,
        })),
      ]),
      serve('notification', createNotificationService, {
        PUBLIC_URL: 'https://desk.exeko.test',
        BRAND: 'Exeko',
        SUPPORT_ADDRESS: 'sos@exeko.test',
        TZ: 'Europe/Brussels',
      }),
    ],
  })
})
afterEach(() => harness.stop())

const listOf = async (id: string) =>
  (await harness.as(actorOf(id)).ask(listNotifications, { limit: 50 })).items
const mailTo = async (accountId: string) => {
  const [event] = await harness.eventsOf(mailRequested, (data) => data.accountId === accountId)
  const bytes = await harness.engine.service('notification').blobs.read(event?.data.contentBlobId ?? '')
  return JSON.parse(new TextDecoder().decode(bytes)) as RenderedMail
}
const mailed = () =>
  harness.events
    .filter(({ subject }) => subject === mailRequested.subject)
    .map(({ data }) => (data as { accountId: string }).accountId)

async function post(
  changes: {
    internal?: boolean
    mentionedIds?: string[]
    participantIds?: string[]
    assigneeId?: string
    authorId?: string
    fromStaff?: boolean
  } = {},
) {
  const { participantIds = [], assigneeId = 'sofie', ...rest } = changes
  const bodyBlobId = newBlobId()
  const body = encodeMessageBody({ text: 'Débranchez-le une minute.', quoted: null, html: null })
  await harness.engine.service('ticket').blobs.put(bodyBlobId, body)
  await harness.publish(
    messagePosted,
    {
      number: 1001,
      people: { requesterId: 'paul', companyId: 'acme', participantIds, assigneeId },
      authorId: 'sofie',
      fromStaff: true,
      internal: false,
      via: 'web',
      automatic: false,
      bodyBlobId,
      attachments: [],
      mailId: null,
      ...rest,
    },
    { key: '1001', actor: actorOf('sofie') },
  )
}

describe('a message by support', () => {
  test('reaches its customer on the portal and by mail, with its text and a link to it; nobody else', async () => {
    await post()
    const mail = await mailTo('paul')
    expect(mail.subject).toBe('[#1001] Écran noir')
    expect(mail.text).toContain('Débranchez-le une minute.')
    expect(mail.text).toMatch(/https:\/\/desk\.exeko\.test\/tickets\/1001#\d+-\d+/)
    expect(await listOf('paul')).toMatchObject([
      { kind: 'message-from-support', viewed: false, ticket: 1001 },
    ])
    expect(mailed()).toEqual(['paul'])
    expect(await listOf('zoe')).toEqual([])
  })

  test('tells who does without that mail on the portal only', async () => {
    await post({ participantIds: ['quiet'] })
    await mailTo('paul')
    await harness.eventsOf(notificationCreated, ({ accountId }) => accountId === 'quiet')
    expect(await listOf('quiet')).toMatchObject([{ kind: 'message-from-support' }])
    expect(mailed()).toEqual(['paul'])
  })

  test('that is a note reaches whom it calls, and no customer', async () => {
    await post({ internal: true, mentionedIds: ['thomas'] })
    const mail = await mailTo('thomas')
    expect(mail.text).not.toContain('Vous pouvez répondre directement')
    const [told] = await listOf('thomas')
    expect(told).toMatchObject({ kind: 'mentioned' })
    expect(told?.link).toMatch(/^\/tickets\/1001#\d+-\d+$/)
    expect([await listOf('paul'), mailed()]).toEqual([[], ['thomas']])
  })

  test('by a customer, to somebody who is away, goes to who stands in', async () => {
    await post({ authorId: 'paul', fromStaff: false, assigneeId: 'lore' })
    await mailTo('thomas')
    expect(mailed()).toEqual(['thomas'])
    expect((await listOf('lore')).map(({ kind }) => kind)).toEqual(['message-from-customer'])
    expect(await listOf('sofie')).toEqual([])
  })
  test('that is delivered twice is told once', async () => {
    await post()
    await mailTo('paul')
    const event = harness.events.find(({ subject }) => subject === notificationCreated.subject)
    expect(event).toBeDefined()
    const own = harness.services.find(({ definition }) => definition.name === 'notification')
    const handler = own?.definition.consumers[0]?.handlers.find(({ contract }) => contract === messagePosted)
    const posted = await firstPosted()
    await handler?.handle(posted.data as never, posted)
    expect(await listOf('paul')).toHaveLength(1)
    expect(mailed()).toEqual(['paul'])
  })
})

/** As the log has it. */
async function firstPosted() {
  for await (const event of harness.engine
    .service('outside')
    .collection<object, string>({ name: 'outside-documents' })
    .history('1001'))
    return event
  throw new Error('nothing was posted')
}

describe('prepaid hours that run out', () => {
  test('are said to those of the client who answer for money, each in their language, and to finance', async () => {
    await harness.publish(
      prepaidLow,
      { companyId: 'acme', remainingMinutes: 115, soldMinutes: 600, validUntil: '2026-12-31' },
      { key: 'acme' },
    )
    expect((await mailTo('paul')).subject).toBe('Il vous reste 1 h 55 d’heures prépayées')
    expect((await mailTo('bea')).text).toContain('Van uw 10 h vooraf betaalde uren blijft 1 h 55 over')
    await harness.eventsOf(notificationCreated, ({ accountId }) => accountId === 'karim')
    expect(await listOf('karim')).toMatchObject([
      {
        kind: 'client-prepaid-low',
        text: 'Boulangerie Delvaux : il reste 1 h 55 d’heures prépayées',
        link: '/companies/acme/contract',
      },
    ])
    expect(mailed().toSorted()).toEqual(['bea', 'paul'])
    expect([await listOf('zoe'), await listOf('gone'), await listOf('sofie')]).toEqual([[], [], []])
  })
})

test('what one was told is one’s own to see and to mark', async () => {
  await post({ participantIds: ['zoe'] })
  await harness.eventsOf(notificationCreated, () => true, 2)
  const [own] = await listOf('paul')
  expect(await codeOf(harness.as(actorOf('zoe')).ask(markNotificationViewed, { id: own?.id ?? '' }))).toBe(
    'not-found',
  )
  expect(await listOf('paul')).toMatchObject([{ viewed: false }])
  await harness.as(actorOf('paul')).ask(markNotificationViewed, { id: own?.id ?? '' })
  expect(await listOf('paul')).toMatchObject([{ viewed: true }])
  expect(await listOf('zoe')).toMatchObject([{ viewed: false }])
  await harness.as(actorOf('zoe')).ask(markAllNotificationsViewed, {})
  expect((await harness.as(actorOf('zoe')).ask(listNotifications, { unread: true })).unread).toBe(0)
})

describe('a second factor', () => {
  const happened = (change: 'reset' | 'recovery-code-used', by: string) =>
    harness.publish(
      secondFactorChanged,
      { accountId: 'thomas', change, recoveryCodesLeft: change === 'reset' ? 0 : 7 },
      { actor: actorOf(by), key: 'thomas' },
    )

  test('that an admin took away is told to whom it was, by mail', async () => {
    await happened('reset', 'sofie')
    const { subject, text } = await mailTo('thomas')
    expect(subject).toBe('Votre double authentification a été retirée')
    expect(text).toContain('sofie a retiré la double authentification de votre compte Exeko')
    expect(text).toContain('https://desk.exeko.test/account/second-factor')
    expect(mailed()).toEqual(['thomas'])
  })

  test('that whoever runs the house took away is said by the house', async () => {
    await harness.publish(
      secondFactorChanged,
      { accountId: 'thomas', change: 'reset', recoveryCodesLeft: 0 },
      { key: 'thomas' },
    )
    expect((await mailTo('thomas')).text).toContain('Exeko a retiré la double authentification')
  })

  test('at which codes were refused: its person learns that their password is known', async () => {
    await harness.publish(
      secondFactorChanged,
      { accountId: 'thomas', change: 'codes-refused', recoveryCodesLeft: 10 },
      { key: 'thomas' },
    )
    const { text } = await mailTo('thomas')
    expect(text).toContain('votre mot de passe est connu')
    expect(text).toContain('https://desk.exeko.test/account/password')
  })

  test('whose recovery code was used says how many are left', async () => {
    await happened('recovery-code-used', 'thomas')
    expect((await mailTo('thomas')).text).toContain('Il vous en reste 7.')
  })
})

describe('somebody who is not known here', () => {
  const quarantined = (notify: string | undefined, mailId: string) =>
    harness.publish(
      mailQuarantined,
      { mailId, reason: 'sender-unknown', ...(notify === undefined ? {} : { notify }) },
      { key: mailId, actor: { kind: 'service', service: 'mail-gateway' } },
    )
  const told = () =>
    harness.events.flatMap(({ subject, data }) => {
      const { kind, address } = data as { kind: string; address: string | null }
      return subject === mailRequested.subject && kind === 'mail-not-accepted' ? [address] : []
    })

  test('is told once a day that nothing was opened, in three languages; who is not proven is not', async () => {
    await quarantined('Info@Claes.test', 'm1')
    await quarantined('info@claes.test', 'm2')
    await quarantined(undefined, 'm3')
    await quarantined('andere@claes.test', 'm4')
    // Staff are told of each: the last one has come through.
    await harness.until('all four are told', async () => (await listOf('thomas')).length === 4)
    await harness.until('the other is told', async () => told().includes('andere@claes.test'))
    expect(told()).toEqual(['Info@Claes.test', 'andere@claes.test'])
    const [event] = await harness.eventsOf(mailRequested, (data) => data.address === 'Info@Claes.test')
    expect(event?.data).toMatchObject({ accountId: null, ticket: null, attachments: [] })
    const bytes = await harness.engine.service('notification').blobs.read(event?.data.contentBlobId ?? '')
    const mail = JSON.parse(new TextDecoder().decode(bytes)) as RenderedMail
    expect(mail.subject).toBe('Votre e-mail à sos@exeko.test n’a pas ouvert de ticket')
    for (const said of [
      'Bonjour,\n',
      'Info@Claes.test n’est pas enregistrée',
      'niet geregistreerd',
      'is not registered',
    ])
      expect(mail.text).toContain(said)
  })
})
