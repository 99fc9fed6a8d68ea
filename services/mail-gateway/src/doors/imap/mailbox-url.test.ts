import { expect, test } from 'vitest'
import { parseMailboxUrl } from './mailbox-url.ts'

test.each([
  [
    'imaps://sos%40exeko.be:p%3Ass@imap.exeko.be',
    {
      host: 'imap.exeko.be',
      port: 993,
      secure: true,
      user: 'sos@exeko.be',
      password: 'p:ss',
      mailbox: 'INBOX',
    },
  ],
  [
    'imap://sos:secret@127.0.0.1:1143/Demandes%20clients',
    {
      host: '127.0.0.1',
      port: 1143,
      secure: false,
      user: 'sos',
      password: 'secret',
      mailbox: 'Demandes clients',
    },
  ],
  [
    'imaps://sos%40exeko.be@outlook.office365.com/',
    {
      host: 'outlook.office365.com',
      port: 993,
      secure: true,
      user: 'sos@exeko.be',
      password: null,
      mailbox: 'INBOX',
    },
  ],
])('%s', (text, expected) => {
  expect(parseMailboxUrl(text)).toEqual(expected)
})

test.each(['', 'imap.exeko.be', 'https://sos:secret@host', 'imaps://host', 'imaps://sos:secret@'])(
  'refuses %j, and never says the password',
  (text) => {
    expect(() => parseMailboxUrl(text)).toThrow(TypeError)
    expect(() => parseMailboxUrl(text)).not.toThrow(/secret/)
  },
)
