/**
 * Closed by default (spec/security.md line 8): every route of the API, every page and every request, tried by a
 * stranger, by the client it belongs to, a colleague there, another client, and each desk of the house. What there is
 * to try comes from the running code; a route, page or request without its row fails, and so does a row without its door.
 */
import { putAccessRules } from '@guichet/contracts/second-factor'
import { createArchiverService } from '@guichet/archiver'
import { createBillingService } from '@guichet/billing'
import { Failure } from '@guichet/contracts/failure'
import { createGatewayService, type GatewayService } from '@guichet/gateway'
import { createIdentityService } from '@guichet/identity'
import { createMailGatewayService } from '@guichet/mail-gateway'
import { createNotificationService } from '@guichet/notification'
import { serve, serviceActor, startHarness, type Harness } from '@guichet/service/harness'
import { createTicketService } from '@guichet/ticket'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { API_DOORS } from './closed-by-default/api-doors.ts'
import type { Door } from './closed-by-default/door.ts'
import { PAGE_DOORS } from './closed-by-default/page-doors.ts'
import { requestDoors } from './closed-by-default/request-doors.ts'
import {
  CALLERS,
  furnish,
  OF_THE_CLIENT,
  OF_THE_NOTE,
  OF_THE_TICKET,
  type Caller,
  type World,
} from './closed-by-default/world.ts'

const SUPPORT_ADDRESS = 'sos@exeko.test'
const API = '/api/v1'
const ASSETS = '/assets/'
let dataDir: string
let harness: Harness
let world: World
let routes: readonly { method: string; path: string }[]

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guichet-walk-'))
  const outside = { SMTP_HOST: '127.0.0.1', SMTP_PORT: 0, SUPPORT_ADDRESS, BRAND: 'Exeko' }
  harness = await startHarness({
    dataDir,
    services: [
      serve('identity', createIdentityService, {}),
      serve('ticket', createTicketService, { ARCHIVE_AFTER_DAYS: 90 }),
      serve('billing', createBillingService, {
        TZ: 'Europe/Brussels',
        PUBLIC_URL: 'http://desk.exeko.test',
        DATA_DIR: dataDir,
        ACCESS_POINT_URL: '',
        ACCESS_POINT_TOKEN: '',
        ACCESS_POINT_WEBHOOK_SECRET: '',
        INVOICE_EXPORT_DIR: '',
        LEGAL_TERMS: JSON.stringify([{ from: '2013-03-16', lateIndemnity: '40.00', maximumTermDays: 60 }]),
      }),
      serve('archiver', createArchiverService, {}),
      serve('notification', createNotificationService, {
        PUBLIC_URL: 'http://desk.exeko.test',
        BRAND: 'Exeko',
        SUPPORT_ADDRESS,
        TZ: 'Europe/Brussels',
      }),
      serve('mail-gateway', createMailGatewayService, {
        ...outside,
        REQUIRE_AUTHENTICATED_SENDERS: false,
        MAIL_TRUSTED_RELAYS: '',
        MAIL_TRUSTED_AUTHSERV: '',
        MAIL_TRUSTED_ARC_SEALERS: '',
        SMTP_RATE_LIMIT_PER_MINUTE: 0,
        MAIL_DKIM_SELECTOR: 'guichet',
        MAIL_MAX_BYTES: 1024 * 1024,
      }),
      serve('gateway', createGatewayService, {
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: 0,
        PUBLIC_URL: 'http://desk.exeko.test',
        BRAND: 'Exeko',
        SUPPORT_ADDRESS,
        RATE_LIMIT_PER_MINUTE: 0,
        MAX_UPLOAD_BYTES: 1024 * 1024,
      }),
    ],
  })
  const gateway = harness.services.find(({ definition }) => definition.name === 'gateway') as GatewayService
  // HEAD answers as GET does, by the same handler, without the body.
  routes = gateway.routes().filter(({ method }) => method !== 'HEAD')
  world = await furnish(harness)
})
afterAll(async () => {
  await harness.stop()
  await rm(dataDir, { recursive: true, force: true })
})

interface Reply {
  status: number
  text: string
  /** Where a redirect leads. */
  location: string | null
}

async function knock(
  caller: Caller,
  method: string,
  path: string,
  { body, form, withoutCookie }: { body?: unknown; form?: URLSearchParams; withoutCookie?: true },
): Promise<Reply> {
  const cookie = withoutCookie ? '' : world.cookie(caller)
  const answer = await fetch(`${world.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(cookie === '' ? {} : { cookie }),
      // Each from a place of its own: what one gets wrong slows nobody else.
      'x-forwarded-for': `203.0.113.${CALLERS.indexOf(caller) + 1}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
  })
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel()
    return { status: answer.status, text: '', location: null }
  }
  return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') }
}

/** What this caller must not read, wherever it would stand. */
function hiddenFrom(caller: Caller): string[] {
  if (caller === 'owner') return [OF_THE_NOTE]
  if (caller === 'colleague') return [OF_THE_TICKET, OF_THE_NOTE]
  if (caller === 'stranger' || caller === 'other' || caller === 'rival') return [OF_THE_CLIENT, OF_THE_NOTE]
  return []
}

/** As each caller in turn: which status came, and whether anything was told that is not theirs. */
async function tried(key: string, { path, body, withoutCookie, endsSession }: Door, isForm: boolean) {
  const [method = '', pattern = ''] = key.split(' ')
  const statuses: number[] = []
  const told: string[] = []
  for (const caller of CALLERS) {
    const where = path
      ? await path(world)
      : `${isForm ? '' : API}${pattern.replace(':number', String(world.number))}`
    const sent = await body?.(world, caller)
    const reply = await knock(caller, method, where, {
      withoutCookie,
      ...(isForm ? { form: sent && new URLSearchParams(sent as Record<string, string>) } : { body: sent }),
    })
    statuses.push(reply.status)
    if (endsSession) await world.enter(caller)
    for (const word of hiddenFrom(caller)) if (reply.text.includes(word)) told.push(`${caller}: ${word}`)
  }
  return { statuses: byCaller(statuses), told }
}

const byCaller = (statuses: readonly number[]) =>
  Object.fromEntries(CALLERS.map((caller, index) => [caller, statuses[index]]))

/** A row where everyone is refused alike would pass with the door walled up. */
function requireSomebodyIn(doors: Record<string, Door>): void {
  const walledUp = Object.entries(doors).filter(
    ([, { answers, closedToAll }]) =>
      closedToAll === undefined && answers.every((status) => status === 403 || status === 404),
  )
  expect(walledUp.map(([key]) => key)).toEqual([])
}

test('the broker lets each service say what its code declares, and no more', async () => {
  const known = JSON.parse(
    await readFile(new URL('../../../deploy/nats/subjects.json', import.meta.url), 'utf8'),
  ) as unknown
  const declared = harness.services.map(({ definition: { name, emits, consumers } }) => [
    name,
    {
      emits: emits.map(({ subject }) => subject).sort(),
      consumers: consumers.map((each) => each.name).sort(),
      watches: name === 'gateway',
    },
  ])
  expect(known, 'deploy/nats/subjects.json').toEqual(Object.fromEntries(declared))
})

describe('the API', () => {
  test('each row lets somebody in, or says why it cannot be shown', () => requireSomebodyIn(API_DOORS))

  test('every route has its row, every row its route', () => {
    const answered = routes
      .filter(({ path }) => path.startsWith(`${API}/`))
      .map(({ method, path }) => `${method} ${path.slice(API.length)}`)
    const without = answered.filter((key) => !(key in API_DOORS))
    expect(
      without,
      `no rule says who may call ${without.join(', ')}: add a row for each to closed-by-default/api-doors.ts`,
    ).toEqual([])
    expect(Object.keys(API_DOORS).filter((key) => !answered.includes(key))).toEqual([])
  })

  test.each(Object.entries(API_DOORS))('%s', async (key, rule) => {
    const { statuses, told } = await tried(key, rule, false)
    expect(statuses).toEqual(byCaller(rule.answers))
    expect(told).toEqual([])
  })
})

describe('the portal, and what else is served', () => {
  test('each row lets somebody in, or says why it cannot be shown', () => requireSomebodyIn(PAGE_DOORS))

  test('every page has its row, every row its page', () => {
    const answered = routes
      .filter(({ path }) => !path.startsWith(`${API}/`) && !path.startsWith(ASSETS))
      .map(({ method, path }) => `${method} ${path}`)
    const without = answered.filter((key) => !(key in PAGE_DOORS))
    expect(
      without,
      `no rule says who may open ${without.join(', ')}: add a row for each to closed-by-default/page-doors.ts`,
    ).toEqual([])
    expect(Object.keys(PAGE_DOORS).filter((key) => !answered.includes(key))).toEqual([])
  })

  test('script and style are the same for everyone and hold nobody’s data', async () => {
    const assets = routes.filter(({ path }) => path.startsWith(ASSETS))
    expect(assets.length).toBeGreaterThan(0)
    for (const { method, path } of assets) {
      const reply = await knock('stranger', method, path, {})
      expect([path, reply.status, reply.text.includes(OF_THE_CLIENT)]).toEqual([path, 200, false])
    }
  })

  test.each(Object.entries(PAGE_DOORS))('%s', async (key, rule) => {
    const { statuses, told } = await tried(key, rule, true)
    expect(statuses).toEqual(byCaller(rule.answers))
    expect(told).toEqual([])
  })
})

describe('whoever must set up a second factor first', () => {
  const rule = (staffSecondFactor: boolean) =>
    world.as('admin').ask(putAccessRules, { rules: { staffSecondFactor } })
  beforeAll(() => rule(true))
  afterAll(() => rule(false))
  const SET_UP = '/account/second-factor'
  const where = (path: string) => path.replaceAll(/:\w+/g, '1').replace('*', 'nulle-part')
  const forStrangersToo = (doors: Record<string, Door>, closed: number) => (key: string) =>
    doors[key]?.answers[0] !== closed

  test('finds every call closed but those that set one up, and those of strangers', async () => {
    const isPublic = forStrangersToo(API_DOORS, 401)
    const open = []
    for (const key of Object.keys(API_DOORS).filter((each) => !isPublic(each))) {
      const [method = '', path = ''] = key.split(' ')
      const { status, text } = await knock('agent', method, `${API}${where(path)}`, {})
      if (status !== 403 || !text.includes('second-factor-due')) open.push(key)
    }
    // Signing in answers 401 to whoever has the wrong password, whoever they are.
    expect(open).toEqual([
      'POST /session',
      'GET /me/second-factor',
      'POST /me/second-factor/offers',
      'PUT /me/second-factor',
    ])
  })

  test('is led from every page to the one that sets it up', async () => {
    const isPublic = forStrangersToo(PAGE_DOORS, 303)
    // Signing out would end the walk.
    const keys = Object.keys(PAGE_DOORS)
      .filter((key) => key === 'GET /' || !isPublic(key))
      .filter((key) => !PAGE_DOORS[key]?.withoutCookie)
    const elsewhere = []
    for (const key of keys) {
      const [method = '', path = ''] = key.split(' ')
      const { status, location } = await knock('agent', method, where(path), {})
      if (status !== 303 || location !== SET_UP) elsewhere.push(key)
    }
    expect(elsewhere.filter((key) => !key.includes(SET_UP))).toEqual([
      // Theirs as any stranger's.
      'GET /sign-in/code',
      'POST /sign-in/code',
      'GET /sign-out',
      'POST /password-resets',
    ])
  })

  test('and no client, nor whoever of the house is asked for nothing, is', async () => {
    expect((await knock('owner', 'GET', `${API}/me`, {})).status).toBe(200)
    expect((await knock('admin', 'GET', `${API}/me`, {})).status).toBe(403)
    await rule(false)
    expect((await knock('admin', 'GET', `${API}/me`, {})).status).toBe(200)
  })
})

describe('the requests', () => {
  const SERVICES = ['identity', 'ticket', 'billing', 'archiver', 'notification', 'mail-gateway', 'gateway']
  const doors = requestDoors(SERVICES)
  const CODES: Record<string, string> = { unauthenticated: '401', forbidden: '403', 'not-found': '404' }
  const entries = () => harness.services.flatMap(({ answers }) => answers)

  test('each row answers somebody, or says why it cannot be shown', () => {
    const mute = Object.entries(doors).filter(
      ([, { answers, closedToAll }]) =>
        closedToAll === undefined && answers.every((answer) => answer === '403' || answer === '404'),
    )
    expect(mute.map(([subject]) => subject)).toEqual([])
  })

  test('every request has its row, every row its request', () => {
    const asked = entries().map(({ contract }) => contract.subject)
    const without = asked.filter((subject) => !(subject in doors))
    expect(
      without,
      `no rule says who is answered by ${without.join(', ')}: add a row for each to closed-by-default/request-doors.ts`,
    ).toEqual([])
    expect(Object.keys(doors).filter((subject) => !asked.includes(subject))).toEqual([])
  })

  test.each(Object.entries(doors))('%s', async (subject, rule) => {
    const entry = entries().find(({ contract }) => contract.subject === subject)
    if (!entry) throw new Error(`${subject} is answered by nobody`)
    const answers: string[] = []
    const told: string[] = []
    for (const caller of [...CALLERS, 'service' as const]) {
      const asker =
        caller === 'service' ? harness.as(serviceActor(rule.as ?? 'unheard-of')) : world.as(caller)
      const input = await rule.input(world, caller)
      const answer = await asker.ask(entry.contract, input).then(
        (output) => ({ code: '200', text: JSON.stringify(output) }),
        (error: unknown) => {
          if (!(error instanceof Failure)) throw error
          return { code: CODES[error.code] ?? error.code, text: JSON.stringify(error.params) }
        },
      )
      answers.push(answer.code)
      const hidden = caller === 'service' ? [] : hiddenFrom(caller)
      for (const word of hidden) if (answer.text?.includes(word)) told.push(`${caller}: ${word}`)
    }
    expect(answers).toEqual(rule.answers)
    expect(told).toEqual([])
  })
})

// Last, over all that the walk made every service say, at its most talkative level (spec/security.md line 18).
test('no log line holds what was written, who wrote it, or what lets one in', () => {
  const said = harness.logLines.join('\n')
  expect(harness.logLines.length).toBeGreaterThan(0)
  const secrets = [
    OF_THE_CLIENT,
    OF_THE_TICKET,
    OF_THE_NOTE,
    'Boulangerie-2026!',
    '@kumquat.test',
    ...CALLERS.flatMap((caller) => world.cookie(caller).split('=')[1] ?? []),
  ]
  expect(secrets.filter((secret) => secret !== '' && said.includes(secret))).toEqual([])
})
