/** The reader in its worker: limits that end one mail and no other. */
import { afterEach, expect, test } from 'vitest'
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
