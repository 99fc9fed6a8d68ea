import { expect, test } from 'vitest'
import { readMail } from './read-mail.ts'

test('a hundred thousand tags that never end are given up as nesting, not searched for their ends', async () => {
  const raw = `From: a@client.test\r\nContent-Type: text/html\r\n\r\n<p>${'<a '.repeat(100_000)}`
  const { from, html } = await readMail(new TextEncoder().encode(raw))
  expect(from).toEqual(['a@client.test'])
  expect(html).toBeNull()
})

test('an HTML longer than people write is read without its layout, and still shown', async () => {
  const raw = `From: a@client.test\r\nContent-Type: text/html\r\n\r\n<p>Bonjour</p>${'<b>oui</b> '.repeat(105_000)}<p>fin</p>`
  const { text, html } = await readMail(new TextEncoder().encode(raw))
  expect(text.startsWith('Bonjour')).toBe(true)
  expect(text.trimEnd().endsWith('fin')).toBe(true)
  expect(text.match(/oui/g)).toHaveLength(105_000)
  expect(html?.length).toBeGreaterThan(1024 * 1024)
})
