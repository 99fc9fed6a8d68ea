/** Who proves to be who they say: real signatures, a made-up DNS, no network. */
import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { describe, expect, test } from 'vitest'
import { authenticationOf, isAligned } from './authenticate.ts'
import { createResolver } from './resolver.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const KEY = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`

const coded = (code: string) => Object.assign(new Error(code), { code })

/** `TXT client.test` → its strings; 'silent' answers nothing; what is missing does not exist. */
function dnsOf(records: Record<string, string[] | 'silent'>) {
  return createResolver({
    withinMs: 20,
    resolve: async (name, type) => {
      const found = records[`${type} ${name.toLowerCase()}`]
      if (found === 'silent') return await new Promise(() => undefined)
      if (found === undefined) throw coded('ENOTFOUND')
      return type === 'TXT' ? found.map((each) => [each]) : found
    },
  })
}

const RAW = [
  'From: Anne Lambert <anne@client.test>',
  'To: sos@exeko.test',
  'Subject: Panne',
  'Message-ID: <1@client.test>',
  'Date: Tue, 24 Nov 2026 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Bonjour.',
  '',
].join('\r\n')

async function signed(domain: string, selector = 's1', raw = RAW): Promise<string> {
  const { signatures } = await dkimSign(raw, {
    canonicalization: 'relaxed/relaxed',
    signingDomain: domain,
    selector,
    privateKey,
    signatureData: [{ signingDomain: domain, selector, privateKey }],
  })
  return signatures + raw
}

const ask = (raw: string, records: Record<string, string[] | 'silent'>, over: object = {}) =>
  authenticationOf({
    raw: Buffer.from(raw),
    from: 'anne@client.test',
    mailFrom: 'anne@client.test',
    client: { ip: '203.0.113.9', helo: 'mail.client.test' },
    mta: 'exeko.test',
    resolve: dnsOf(records),
    ...over,
  })

const STRICT = { 'TXT _dmarc.client.test': ['v=DMARC1; p=reject'] }
const SPF = { 'TXT client.test': ['v=spf1 ip4:203.0.113.9 -all'] }
const DKIM = { 'TXT s1._domainkey.client.test': [KEY] }
const temporary = { code: 'dns-unavailable', retryable: true }

describe('a mail is its sender’s', () => {
  test('by SPF of the first hop outside the house', async () => {
    expect(await ask(RAW, { ...SPF, ...STRICT })).toEqual({ dmarcRefuses: false, aligned: true })
  })
  test('by DKIM, from whatever server, also forwarded, also where no hop is known', async () => {
    const elsewhere = { client: { ip: '198.51.100.1', helo: 'forwarder.test' } }
    const raw = await signed('client.test')
    expect(await ask(raw, { ...DKIM, ...SPF, ...STRICT }, elsewhere)).toMatchObject({ aligned: true })
    expect(await ask(raw, { ...DKIM, ...SPF, ...STRICT }, { client: undefined })).toMatchObject({
      aligned: true,
    })
  })
  test('while another signature’s name server is silent: one proof is enough', async () => {
    const raw = await signed('client.test', 's1', await signed('list.test', 's2'))
    const records = { ...DKIM, ...STRICT, 'TXT s2._domainkey.list.test': 'silent' as const }
    expect(await ask(raw, records)).toMatchObject({ aligned: true })
  })
})

describe('a mail is not its sender’s', () => {
  test('from a server that the domain does not name, and the domain asks to refuse it', async () => {
    const elsewhere = { client: { ip: '198.51.100.1', helo: 'evil.test' } }
    expect(await ask(RAW, { ...SPF, ...STRICT }, elsewhere)).toEqual({ dmarcRefuses: true, aligned: false })
  })
  test('with the envelope and the signature of somebody else', async () => {
    const raw = await signed('evil.test')
    const records = {
      ...STRICT,
      'TXT s1._domainkey.evil.test': [KEY],
      'TXT evil.test': ['v=spf1 ip4:203.0.113.9 -all'],
    }
    expect(await ask(raw, records, { mailFrom: 'x@evil.test' })).toEqual({
      dmarcRefuses: true,
      aligned: false,
    })
  })
  test('with a signature that a forwarder broke: not refused where the domain asks for nothing, not proven either', async () => {
    const raw = (await signed('client.test')).replace('Bonjour.', 'Bonjour.\r\n-- \r\nListe de diffusion')
    const elsewhere = { client: { ip: '198.51.100.1', helo: 'list.test' } }
    expect(await ask(raw, { ...DKIM, ...SPF }, elsewhere)).toEqual({ dmarcRefuses: false, aligned: false })
  })
  test('where the house never noted from whom it came, and nothing is signed', async () => {
    expect(await ask(RAW, { ...SPF }, { client: undefined })).toMatchObject({ aligned: false })
  })
})

test('where the proof hangs on a name server that is silent, it is asked again later', async () => {
  await expect(ask(RAW, { 'TXT client.test': 'silent' })).rejects.toMatchObject(temporary)
  const raw = await signed('client.test')
  await expect(
    ask(raw, { 'TXT s1._domainkey.client.test': 'silent' }, { client: undefined }),
  ).rejects.toMatchObject(temporary)
})

test.each([
  ['client.test', 'client.test', true],
  ['anne.client.test', 'mail.client.test', true],
  ['client.co.uk', 'mail.client.co.uk', true],
  ['client.co.uk', 'other.co.uk', false],
  ['client.co.uk', 'co.uk', false],
  ['client.test', 'client.test.evil.test', false],
  ['anne.github.io', 'bob.github.io', false],
  ['client.test', '', false],
  ['client.test', undefined, false],
])('%s and %s: %s', (from, other, aligned) => {
  expect(isAligned(from, other)).toBe(aligned)
})
