/** Access tokens by a refresh token that the provider replaces each time: kept for all copies, and over restarts. */
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '@guichet/contracts/failure'
import type { ServiceParts } from '@guichet/service'
import { loadConfig } from '@guichet/service/config'
import { serve, startHarness, type Harness } from '@guichet/service/harness'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { StoreBusy } from '@guichet/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAccessTokens, type AccessTokens } from './access-tokens.ts'
import { openCollections, type Collections } from './collections.ts'
import { mailGatewayConfig, type MailGatewayConfig } from './config.ts'
import type { Context } from './context.ts'
import { createMailGatewayService } from './service.ts'

const SECRET = new Uint8Array(32).fill(3)
const GIVEN = 'r3fresh-given'

/** By RFC 9700 §4.14.2: each is good once; a second use is a theft, and ends all that stem from it. */
let good: Set<string>
let used: string[]
let issued: number
/** Answers wait for this. */
let held: Promise<void>
let provider: Server
let clock: FakeClock
let dataDir: string
const open: Harness[] = []

beforeEach(async () => {
  good = new Set([GIVEN])
  used = []
  issued = 0
  held = Promise.resolve()
  clock = createFakeClock()
  dataDir = await mkdtemp(join(tmpdir(), 'guichet-tokens-'))
  provider = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const token = new URLSearchParams(body).get('refresh_token') ?? ''
      if (used.includes(token)) good.clear()
      used.push(token)
      const isGood = good.delete(token)
      const number = (issued += 1)
      if (isGood) good.add(`r3fresh-${number}`)
      const answer = { access_token: `t0ken-${number}`, refresh_token: `r3fresh-${number}`, expires_in: 3600 }
      response.statusCode = isGood ? 200 : 400
      void held.then(() => response.end(JSON.stringify(isGood ? answer : { error: 'invalid_grant' })))
    })
  })
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
})
afterEach(async () => {
  await stopAll()
  provider.close()
  await rm(dataDir, { recursive: true, force: true })
})
async function stopAll(): Promise<void> {
  for (const harness of open.splice(0)) await harness.stop()
}

interface Copy {
  tokens: AccessTokens
  collections: Collections
}

/** So many copies over one store, as after a start. */
async function start(copies: number, given = GIVEN, secret: Uint8Array = SECRET): Promise<Copy[]> {
  const config = loadConfig(mailGatewayConfig, {
    SMTP_PORT: '0',
    MAIL_OAUTH_TOKEN_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/token`,
    MAIL_OAUTH_CLIENT_ID: 'guichet',
    MAIL_OAUTH_REFRESH_TOKEN: given,
  })
  const all: Copy[] = []
  const copy = (parts: ServiceParts<MailGatewayConfig>) => {
    const collections = openCollections(parts.store)
    const tokens = createAccessTokens({ parts, collections } as Context)
    if (tokens) all.push({ tokens, collections })
    return createMailGatewayService(parts)
  }
  const services = Array.from({ length: copies }, () => serve('mail-gateway', copy, config))
  open.push(await startHarness({ services, clock, dataDir, secret }))
  return all
}
const one = async (given?: string, secret?: Uint8Array) => (await start(1, given, secret))[0] as Copy
const anHourOn = () => clock.advance({ minutes: 61 })

test('each new one takes the place of the one before, which is not used again', async () => {
  const { tokens } = await one()
  expect(await tokens.current()).toBe('t0ken-1')
  anHourOn()
  expect(await tokens.current()).toBe('t0ken-2')
  anHourOn()
  expect(await tokens.current()).toBe('t0ken-3')
  expect(used).toEqual([GIVEN, 'r3fresh-1', 'r3fresh-2'])
})

test('after a restart it goes on with the newest; on disk none can be read, in no log is one told', async () => {
  await (await one()).tokens.current()
  const said = open.flatMap(({ logLines }) => logLines).join('\n')
  await stopAll()
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true })
  for (const file of files.filter((each) => each.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name), 'latin1')
    expect(bytes).not.toMatch(/r3fresh|t0ken/)
  }
  expect(said).not.toMatch(/r3fresh|t0ken/)
  expect(await (await one()).tokens.current()).toBe('t0ken-2')
  expect(used).toEqual([GIVEN, 'r3fresh-1'])
})

test('of two copies that ask at once one waits, and goes on with what the other was given', async () => {
  const release = Promise.withResolvers<void>()
  held = release.promise
  const copies = await start(2)
  const asked = Promise.all(copies.map(({ tokens }) => tokens.current()))
  await open[0]?.until('one has asked', () => used.length === 1)
  release.resolve()
  let answers: string[] | undefined
  void asked.then((found) => (answers = found))
  await open[0]?.until('both have an answer', () => {
    clock.advance({ milliseconds: 300 })
    return answers !== undefined
  })
  expect(answers?.toSorted()).toEqual(['t0ken-1', 't0ken-2'])
  expect(used).toEqual([GIVEN, 'r3fresh-1'])
})

test('a copy that died while it asked keeps the others waiting no longer than an answer takes', async () => {
  const { tokens, collections } = await one()
  const { refreshTokens } = collections
  const commit = refreshTokens.commit.bind(refreshTokens)
  let turns = 0
  refreshTokens.commit = async (change) => {
    const stored = await commit(change)
    // As it would stand on disk after a kill right behind its own turn.
    if ((turns += 1) === 1) throw new StoreBusy('killed')
    return stored
  }
  await expect(tokens.current()).rejects.toThrow(StoreBusy)

  let answer: string | undefined
  const asked = tokens.current().then((token) => (answer = token))
  const began = clock.now()
  await open[0]?.until('it has an answer', () => {
    clock.advance({ milliseconds: 250 })
    return answer !== undefined
  })
  await asked
  expect(used).toEqual([GIVEN])
  expect(clock.now().since(began).total('seconds')).toBeGreaterThanOrEqual(15)
})

test('another one in the settings counts at once; the first, put back, goes on where it was', async () => {
  await (await one()).tokens.current()
  await stopAll()
  good.add('r3fresh-by-the-operator')
  expect(await (await one('r3fresh-by-the-operator')).tokens.current()).toBe('t0ken-2')
  await stopAll()
  expect(await (await one()).tokens.current()).toBe('t0ken-3')
  expect(used).toEqual([GIVEN, 'r3fresh-by-the-operator', 'r3fresh-1'])
})

test('what cannot be read any more (another CLUSTER_SECRET) is not used: the one in the settings is', async () => {
  await (await one()).tokens.current()
  await stopAll()
  const { tokens } = await one(GIVEN, new Uint8Array(32).fill(4))
  await expect(tokens.current()).rejects.toMatchObject({ code: 'mail-login-refused' })
  expect(used).toEqual([GIVEN, GIVEN])
})

test('a provider that says no leaves all as it was, and the next try is the same one', async () => {
  good.clear()
  const { tokens } = await one()
  await expect(tokens.current()).rejects.toThrow(Failure)
  used = []
  good.add(GIVEN)
  expect(await tokens.current()).toBe('t0ken-2')
})

test('a new one that cannot be written at once is not lost: it is written as soon as that can be', async () => {
  const release = Promise.withResolvers<void>()
  held = release.promise
  const { tokens, collections } = await one()
  const { refreshTokens } = collections
  const asking = tokens.current()
  await open[0]?.until('it has asked', () => used.length === 1)
  const commit = refreshTokens.commit.bind(refreshTokens)
  refreshTokens.commit = () => Promise.reject(new StoreBusy('disk full'))
  release.resolve()
  expect(await asking).toBe('t0ken-1')
  refreshTokens.commit = commit
  expect(await tokens.current()).toBe('t0ken-1')
  await stopAll()
  expect(await (await one()).tokens.current()).toBe('t0ken-2')
  expect(used).toEqual([GIVEN, 'r3fresh-1'])
})
