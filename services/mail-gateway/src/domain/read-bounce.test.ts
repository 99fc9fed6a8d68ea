import { expect, test } from 'vitest'
import { readBounce } from './read-bounce.ts'

const none = new Map<string, string[]>()

test.each([
  [
    'Postfix',
    "This is the mail system at host mx.client.test.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<anne@client.test>: host mail.client.test[192.0.2.7] said: 550 5.1.1\n    <anne@client.test>: Recipient address rejected: User unknown",
    { recipient: 'anne@client.test', code: '5.1.1' },
  ],
  [
    'Exim',
    'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  bart@client.test\n    Unrouteable address\n',
    { recipient: 'bart@client.test', code: '5.0.0' },
  ],
  [
    'qmail',
    "Hi. This is the qmail-send program at client.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<chris@client.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <sos@exeko.test>",
    { recipient: 'chris@client.test', code: '5.1.1' },
  ],
  [
    'Microsoft 365, in French',
    'Échec de la remise à ces destinataires ou groupes :\n\ndirk@client.test\nL’adresse de messagerie que vous avez entrée est introuvable.\n\n550 5.1.10 RESOLVER.ADR.RecipientNotFound',
    { recipient: 'dirk@client.test', code: '5.1.10' },
  ],
  [
    'Gmail, in Dutch',
    'Adres niet gevonden\n\nJe bericht is niet bezorgd aan els@client.test omdat het adres niet kan worden gevonden.',
    { recipient: 'els@client.test', code: '5.0.0' },
  ],
  [
    'a full mailbox, without any code',
    'Votre message à fred@client.test est en attente : boîte pleine.',
    { recipient: 'fred@client.test', code: '4.0.0' },
  ],
  [
    'Yahoo',
    "Sorry, we were unable to deliver your message to the following address.\n\n<gaelle@client.test>:\n554: 5.7.1 delivery error: This user doesn't have an account",
    { recipient: 'gaelle@client.test', code: '5.7.1' },
  ],
])('free text of %s', (_server, text, bounce) => {
  expect(readBounce(none, text, null)).toEqual(bounce)
})

test('a report names the address that was written to, not where it went on to', () => {
  const report =
    'Reporting-MTA: dns; mx.client.test\n\nOriginal-Recipient: rfc822;info@client.test\nFinal-Recipient: rfc822; box7@host.test\nAction: failed\nStatus: 5.2.2\n'
  expect(readBounce(none, '', report)).toEqual({ recipient: 'info@client.test', code: '5.2.2' })
})

test('a report of a delay is for now, whatever its status says', () => {
  const report = 'Final-Recipient: rfc822; a@client.test\nAction: delayed\nStatus: 5.4.1\n'
  expect(readBounce(none, '', report)).toEqual({ recipient: 'a@client.test', code: '4.4.1' })
})

test('X-Failed-Recipients names it', () => {
  const headers = new Map([['x-failed-recipients', ['b@client.test, c@client.test']]])
  expect(readBounce(headers, 'Mail delivery failed', null).recipient).toBe('b@client.test')
})

test('words that say nothing give nothing', () => {
  expect(readBounce(none, 'Bonjour', null)).toEqual({ recipient: null, code: null })
})
