/** spec/security.md line 6: which calls come from our own pages. */
import { expect, test } from 'vitest'
import { isSameOrigin } from './same-origin.ts'

const PUBLIC_URL = 'https://desk.exeko.test'
const host = 'desk.exeko.test'

test.each([
  ['our own form', { origin: PUBLIC_URL, host, 'sec-fetch-site': 'same-origin' }, true],
  ['a program, which has no ambient cookie', { host }, true],
  ['an address typed by hand', { host, 'sec-fetch-site': 'none' }, true],
  ['a form elsewhere', { origin: 'https://evil.test', host }, false],
  [
    'a form elsewhere, by an old browser',
    { origin: 'https://evil.test', host, 'sec-fetch-site': undefined },
    false,
  ],
  [
    'a neighbour under the same domain',
    { origin: 'https://www.exeko.test', host, 'sec-fetch-site': 'same-site' },
    false,
  ],
  ['a sandboxed page', { origin: 'null', host }, false],
  ['another port of this host', { origin: 'https://desk.exeko.test:8443', host }, false],
  ['a browser that says cross-site and no origin', { host, 'sec-fetch-site': 'cross-site' }, false],
  ['a host name that begins like ours', { origin: 'https://desk.exeko.test.evil.test', host }, false],
])('%s', (_what, headers, same) => {
  expect(isSameOrigin(headers, PUBLIC_URL)).toBe(same)
})
