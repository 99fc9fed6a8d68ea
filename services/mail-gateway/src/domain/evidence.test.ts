import { expect, test } from 'vitest'
import { isAligned } from './evidence.ts'

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
