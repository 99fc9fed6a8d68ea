/** Who proves to be who they say: real signatures, a made-up DNS, no network. */
import { sealMessage } from 'mailauth'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { describe, expect, test } from 'vitest'
import { authenticationOf } from './authenticate.ts'
import { dnsOf, keyRecord, newKey, type Records } from './testing/dns-of.ts'

const { privateKey, publicKey } = newKey()
const KEY = keyRecord(publicKey)

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

const ask = (raw: string, records: Records, over: object = {}) =>
  authenticationOf({
    raw: { bytes: Buffer.from(raw) },
    from: 'anne@client.test',
    mailFrom: 'anne@client.test',
    direct: { ip: '203.0.113.9', helo: 'mail.client.test' },
    relays: '192.0.2.1',
    authservs: '',
    sealers: '',
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
    const elsewhere = { direct: { ip: '198.51.100.1', helo: 'forwarder.test' } }
    const raw = await signed('client.test')
    expect(await ask(raw, { ...DKIM, ...SPF, ...STRICT }, elsewhere)).toMatchObject({ aligned: true })
    expect(await ask(raw, { ...DKIM, ...SPF, ...STRICT }, { direct: null })).toMatchObject({
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
    const elsewhere = { direct: { ip: '198.51.100.1', helo: 'evil.test' } }
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
  test('when only another host of its domain signed, and the domain wants itself to (DMARC adkim=s)', async () => {
    const raw = await signed('news.client.test')
    const records = {
      'TXT s1._domainkey.news.client.test': [KEY],
      'TXT _dmarc.client.test': ['v=DMARC1; p=quarantine; adkim=s'],
    }
    expect(await ask(raw, records, { direct: null })).toEqual({ dmarcRefuses: true, aligned: false })
    const relaxed = { ...records, 'TXT _dmarc.client.test': ['v=DMARC1; p=quarantine'] }
    expect(await ask(raw, relaxed, { direct: null })).toMatchObject({ aligned: true })
  })
  test('with a signature that a forwarder broke: not refused where the domain asks for nothing, not proven either', async () => {
    const raw = (await signed('client.test')).replace('Bonjour.', 'Bonjour.\r\n-- \r\nListe de diffusion')
    const elsewhere = { direct: { ip: '198.51.100.1', helo: 'list.test' } }
    const broken = { aligned: false, signatureBroken: true }
    expect(await ask(raw, { ...DKIM, ...SPF }, elsewhere)).toEqual({ dmarcRefuses: false, ...broken })
    // Its headers alone, too.
    const subject = (await signed('client.test')).replace(/^Subject: /m, 'Subject: [liste] ')
    const strict = { ...DKIM, ...SPF, ...STRICT }
    expect(await ask(subject, strict, elsewhere)).toEqual({ dmarcRefuses: true, ...broken })
    const strangers = (await signed('evil.test')).replace('Bonjour.', 'Payez.')
    expect(await ask(strangers, strict, elsewhere)).toEqual({ dmarcRefuses: true, aligned: false })
  })
  test('where the house never noted from whom it came, and nothing is signed', async () => {
    expect(await ask(RAW, { ...SPF }, { direct: null })).toMatchObject({ aligned: false })
  })
})

test('where the proof hangs on a name server that is silent, it is asked again later', async () => {
  await expect(ask(RAW, { 'TXT client.test': 'silent' })).rejects.toMatchObject(temporary)
  const raw = await signed('client.test')
  await expect(
    ask(raw, { 'TXT s1._domainkey.client.test': 'silent' }, { direct: null }),
  ).rejects.toMatchObject(temporary)
})

describe('what the house’s own mail server found (RFC 8601)', () => {
  const BORDER =
    'Received: from mail.client.test (unknown [203.0.113.9]) by mx.exeko.test with ESMTP id 1\r\n'
  const RESULTS = (said: string, id = 'mx.exeko.test') => `Authentication-Results: ${id}; ${said}\r\n`
  const PASS = RESULTS('dkim=pass header.d=client.test')
  const inside = { direct: { ip: '192.0.2.1', helo: 'mx.exeko.test' }, authservs: 'mx.exeko.test' }
  const proven = { dmarcRefuses: false, aligned: true }
  const refused = { dmarcRefuses: true, aligned: false }

  test('a fail without its policy waits for the policy: only that says how the sender must be aligned', async () => {
    const said = RESULTS('dmarc=fail header.from=client.test; dkim=pass header.d=news.client.test')
    const strict = { 'TXT _dmarc.client.test': ['v=DMARC1; p=reject; adkim=s'] }
    expect(await ask(said + BORDER + RAW, strict, inside)).toEqual(refused)
    await expect(
      ask(said + BORDER + RAW, { 'TXT _dmarc.client.test': 'silent' }, inside),
    ).rejects.toMatchObject(temporary)
  })

  test.each([
    ['DKIM by d=', 'dkim=pass (2048-bit key) header.d=client.test header.s=s1'],
    ['DKIM by i=, beside a broken one', 'dkim=fail header.d=list.test; dkim=pass header.i=@client.test'],
    ['SPF of the envelope', 'spf=pass smtp.mailfrom=bounce@mail.client.test smtp.helo=x'],
    ['DMARC', 'dmarc=pass (p=reject dis=none) header.from=client.test'],
  ])('%s proves the sender, though our server changed the mail', async (_method, said) => {
    expect(await ask(RESULTS(said) + BORDER + RAW, STRICT, inside)).toEqual(proven)
    expect(await ask(RESULTS(said, '"MX.exeko.test" 1') + BORDER + RAW, STRICT, inside)).toEqual(proven)
  })

  test.each([
    ['of another domain', RESULTS('dkim=pass header.d=evil.test; spf=pass smtp.mailfrom=evil.test')],
    ['of another From', RESULTS('dmarc=pass header.from=evil.test')],
    ['of the name that a host gives itself', RESULTS('spf=pass smtp.helo=client.test')],
    [
      'in a remark',
      RESULTS('dkim=none (dkim=pass header.d=client.test; dmarc=pass header.from=client.test)'),
    ],
    ['by somebody else', RESULTS('dkim=pass header.d=client.test', 'mx.evil.test')],
  ])('a pass %s proves nothing', async (_what, results) => {
    expect(await ask(results + BORDER + RAW, STRICT, inside)).toEqual(refused)
  })

  test('the sender’s own words, below what our server wrote, prove nothing', async () => {
    expect(await ask(BORDER + PASS + RAW, STRICT, inside)).toEqual(refused)
    // With a Received field as ours would write it below them, too: the first hop is the first stranger.
    expect(await ask(BORDER + PASS + BORDER + RAW, STRICT, inside)).toEqual(refused)
    // Where no field says from whom our servers took it, nothing says what is theirs.
    expect(await ask(PASS + RAW, STRICT, inside)).toEqual(refused)
  })
  test('nor do they from who speaks with us directly, nor where the setting names nobody', async () => {
    const direct = { direct: { ip: '198.51.100.1', helo: 'evil.test' } }
    expect(await ask(PASS + BORDER + RAW, STRICT, { ...inside, ...direct })).toEqual(refused)
    expect(await ask(PASS + BORDER + RAW, STRICT, { ...inside, authservs: '' })).toEqual(refused)
    expect(await ask(PASS + BORDER + RAW, STRICT, { ...inside, direct: null })).toEqual(refused)
  })
  test('the server at the border counts, not one further in, to whom ours is the client', async () => {
    const further = 'Received: from mx.exeko.test (mx [192.0.2.1]) by desk.exeko.test with ESMTP id 2\r\n'
    const inner = RESULTS('spf=pass smtp.mailfrom=client.test')
    const border = RESULTS('spf=fail smtp.mailfrom=client.test')
    expect(await ask(inner + further + border + BORDER + RAW, STRICT, inside)).toEqual(refused)
    expect(await ask(border + further + inner + BORDER + RAW, STRICT, inside)).toEqual(proven)
  })
  test('a fail stands, with what the domain asks for; a time-out there is asked again here', async () => {
    const raw = await signed('client.test')
    const fail = RESULTS('dkim=fail header.d=client.test; dmarc=fail header.from=client.test')
    expect(await ask(fail + BORDER + raw, { ...DKIM, ...STRICT }, inside)).toEqual({
      ...refused,
      signatureBroken: true,
    })
    const late = RESULTS('dkim=temperror header.d=client.test; dmarc=temperror header.from=client.test')
    expect(await ask(late + BORDER + raw, { ...DKIM, ...STRICT }, inside)).toEqual(proven)
  })
})

describe('a mail that was passed on and sealed (RFC 8617)', () => {
  const forwarder = { direct: { ip: '198.51.100.1', helo: 'list.test' } }
  const FOUND = 'dkim=pass header.d=client.test; dmarc=pass header.from=client.test'
  const SEALS = {
    ...DKIM,
    ...STRICT,
    'TXT arc._domainkey.list.test': [KEY],
    'TXT arc._domainkey.next.test': [KEY],
  }
  const seal = async (raw: string, domain: string, found: string, instance = 1) =>
    (
      await sealMessage(Buffer.from(raw), {
        signingDomain: domain,
        selector: 'arc',
        privateKey,
        authResults: `mx.${domain}; ${found}`,
        cv: instance === 1 ? 'none' : 'pass',
        i: instance,
      } as Parameters<typeof sealMessage>[1])
    ).toString() + raw
  const changed = async (by = 'Liste de diffusion') =>
    (await signed('client.test')).replace('Bonjour.', `Bonjour.\r\n-- \r\n${by}`)
  const broken = { dmarcRefuses: true, aligned: false, signatureBroken: true }
  const proven = { dmarcRefuses: false, aligned: true }

  test('is its sender’s by the word of a trusted sealer', async () => {
    const raw = await seal(await changed(), 'list.test', FOUND)
    expect(await ask(raw, SEALS, { ...forwarder, sealers: 'other.test, List.test' })).toEqual(proven)
  })
  test('by one that is not trusted it is not, and who that is, is said', async () => {
    const raw = await seal(await changed(), 'list.test', FOUND)
    const untrusted = { ...broken, untrustedSealer: 'list.test' }
    expect(await ask(raw, SEALS, forwarder)).toEqual(untrusted)
    expect(await ask(raw, SEALS, { ...forwarder, sealers: 'test, xlist.test' })).toEqual(untrusted)
  })
  test('what the first trusted one saw counts; a stranger after it may have changed all of it', async () => {
    const once = await seal(await changed(), 'list.test', FOUND)
    const twice = await seal(once.replace('diffusion', 'transfert'), 'next.test', 'arc=pass; spf=fail', 2)
    expect(await ask(twice, SEALS, { ...forwarder, sealers: 'list.test,next.test' })).toEqual(proven)
    const untrusted = (sealer: string) => ({ ...broken, untrustedSealer: sealer })
    expect(await ask(twice, SEALS, { ...forwarder, sealers: 'list.test' })).toEqual(untrusted('next.test'))
    expect(await ask(twice, SEALS, { ...forwarder, sealers: 'next.test' })).toEqual(untrusted('list.test'))
  })
  test('a seal over other words, or of somebody who found no proof, is worth nothing', async () => {
    const trusted = { ...forwarder, sealers: 'list.test' }
    const raw = await seal(await changed(), 'list.test', FOUND)
    expect(await ask(raw.replace('Bonjour', 'Payez'), SEALS, trusted)).toEqual(broken)
    expect(await ask(raw.replace('dmarc=pass', 'dmarc=Pass'), SEALS, trusted)).toEqual(broken)
    const none = await seal(await changed(), 'list.test', 'dkim=fail header.d=client.test; spf=none')
    expect(await ask(none, SEALS, trusted)).toEqual(broken)
    const another = await seal(await changed(), 'list.test', FOUND.replaceAll('client.test', 'evil.test'))
    expect(await ask(another, SEALS, trusted)).toEqual(broken)
  })
  test('whose key could not be asked for, waits; a stranger’s is not waited for', async () => {
    const raw = await seal(await changed(), 'list.test', FOUND)
    const silent = { ...SEALS, 'TXT arc._domainkey.list.test': 'silent' as const }
    await expect(ask(raw, silent, { ...forwarder, sealers: 'list.test' })).rejects.toMatchObject(temporary)
    expect(await ask(raw, silent, forwarder)).toEqual(broken)
  })
})
