/** The reader in its worker: limits that end one mail and no other. */
import { createHash, randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { createMailReader, Unreadable, type MailReader } from './reader.ts'

let reader: MailReader
afterEach(() => reader.stop())

const mail = (body: string) =>
  new TextEncoder().encode(`From: anne@acme.test\r\nContent-Type: text/plain\r\n\r\n${body}`)
/** Half a second of work and more: tags that the sanitiser takes one by one. */
const heavy = new TextEncoder().encode(
  `From: anne@acme.test\r\nContent-Type: text/html\r\n\r\n${'<span>a</span>'.repeat(100_000)}`,
)

test('a mail that takes more than its time is given up, and those around it are read', async () => {
  // A small mail takes a few milliseconds of work, twenty and more where the reader is cold; the heavy one hundreds.
  reader = createMailReader(100)
  const [first, broken, last] = await Promise.allSettled([
    reader.read(mail('avant')),
    reader.read(heavy),
    reader.read(mail('après')),
  ])
  expect(first).toMatchObject({ status: 'fulfilled', value: { said: 'avant' } })
  expect(broken).toMatchObject({ status: 'rejected', reason: expect.any(Unreadable) as unknown })
  expect(last).toMatchObject({ status: 'fulfilled', value: { said: 'après' } })
})

test('this process being busy is not the mail’s fault', async () => {
  reader = createMailReader()
  await reader.read(mail('chargé'))
  const reading = reader.read(mail('lent'))
  const until = performance.now() + 1500
  while (performance.now() < until);
  expect(await reading).toMatchObject({ said: 'lent' })
})

describe('a large mail', () => {
  const FILE = randomBytes(3 * 1024 * 1024)
  const text = [
    'From: anne@acme.test',
    'Subject: Plans',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=o',
    '',
    '--o',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Voici les plans.',
    ...['plan.bin', 'copie.bin'].flatMap((name) => [
      '--o',
      `Content-Type: application/octet-stream; name=${name}`,
      'Content-Transfer-Encoding: base64',
      '',
      FILE.toString('base64').replace(/.{76}/g, '$&\r\n'),
    ]),
    '--o--',
    '',
  ].join('\r\n')
  const large = Buffer.from(text)
  async function* pieces(until = large.length) {
    for (let at = 0; at < until; at += 65_536) yield large.subarray(at, Math.min(at + 65_536, until))
  }
  const sha256 = createHash('sha256').update(FILE).digest('hex')

  test('is read as a stream, and its files go out as streams, whole and one after the other', async () => {
    reader = createMailReader()
    const taken = new Map<string, Buffer>()
    let atOnce = 0
    const mail = await reader.readLarge({ size: large.length, stream: pieces() }, async (id, content) => {
      expect(++atOnce).toBe(1)
      taken.set(id, Buffer.concat(await Array.fromAsync(content)))
      atOnce -= 1
    })
    expect([mail.said, mail.subject]).toEqual(['Voici les plans.', 'Plans'])
    expect(mail.attachments.map(({ name, size, sha256: hash }) => [name, size, hash])).toEqual([
      ['plan.bin', FILE.length, sha256],
      ['copie.bin', FILE.length, sha256],
    ])
    for (const { content } of mail.attachments)
      expect('blobId' in content && taken.get(content.blobId)?.equals(FILE)).toBe(true)
    expect(taken.size).toBe(2)
  })

  test('whose file cannot be kept is not unreadable, and the next one is read', async () => {
    reader = createMailReader()
    const full = new Error('the disk is full')
    const stream = pieces()
    await expect(
      reader.readLarge({ size: large.length, stream }, async (_id, content) => {
        for await (const _chunk of content) throw full
      }),
    ).rejects.toBe(full)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(await reader.read(mail('après'))).toMatchObject({ said: 'après' })
  })

  test('that cannot be fetched to its end is not unreadable', async () => {
    reader = createMailReader()
    const gone = new Error('the store does not answer')
    async function* broken() {
      yield* pieces(1_000_000)
      throw gone
    }
    const reading = reader.readLarge({ size: large.length, stream: broken() }, async (_id, content) => {
      for await (const _chunk of content);
    })
    await expect(reading).rejects.toBe(gone)
    expect(await reader.read(mail('après'))).toMatchObject({ said: 'après' })
  })

  test('that takes more than its time is given up in the middle of its file: who keeps that learns it', async () => {
    // Its size gives it nothing more: it is said to be empty.
    reader = createMailReader(300)
    await reader.read(mail('chaud'))
    const told: unknown[] = []
    const slow = Buffer.concat([
      Buffer.from(
        'From: a@acme.test\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: application/octet-stream\r\n\r\n',
      ),
      FILE,
      Buffer.from('\r\n--o\r\nContent-Type: text/html\r\n\r\n'),
      Buffer.from('<span>a</span>'.repeat(100_000)),
      Buffer.from('\r\n--o\r\nContent-Type: application/octet-stream\r\n\r\n'),
      Buffer.alloc(30 * 1024 * 1024, 65),
    ])
    async function* all() {
      for (let at = 0; at < slow.length; at += 65_536) yield slow.subarray(at, at + 65_536)
    }
    await expect(
      reader.readLarge({ size: 0, stream: all() }, async (_id, content) => {
        try {
          for await (const _chunk of content);
        } catch (error) {
          told.push(error)
          throw error
        }
      }),
    ).rejects.toThrow(Unreadable)
    expect(told.every((error) => error instanceof Unreadable)).toBe(true)
    expect(await reader.read(mail('après'))).toMatchObject({ said: 'après' })
  })
})
