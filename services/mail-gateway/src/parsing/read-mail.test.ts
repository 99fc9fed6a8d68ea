import { expect, test } from 'vitest'
import { readMail } from './read-mail.ts'

test('a hundred thousand tags that never end are given up as nesting, not searched for their ends', async () => {
  const raw = `From: a@client.test\r\nContent-Type: text/html\r\n\r\n<p>${'<a '.repeat(100_000)}`
  const { from, html } = await readMail(new TextEncoder().encode(raw))
  expect(from).toEqual(['a@client.test'])
  expect(html).toBeNull()
})
