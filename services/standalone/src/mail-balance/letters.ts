/** Any mail that people, programs and forgers write, and its bytes: each delivery bears a number of its own. */
import type { SunkMail } from '@guichet/testing/mail-sink'
import fc from 'fast-check'
import { SUPPORT } from './world.ts'

export const STRANGER = 'nadia@inconnue.test'
const WRITERS = ['paul@acme.test', 'zoe@acme.test', 'bob@zeta.test', STRANGER] as const

export interface Letter {
  from: (typeof WRITERS)[number]
  /** How it names a ticket: of whichever mail of ours, so another customer's too. */
  names: 'nothing' | 'token' | 'references' | 'subject'
  what: 'text' | 'large' | 'empty' | 'unreadable' | 'automatic' | 'bounce' | 'free-text-bounce' | 'own'
  /** It answers a mail of ours that went to somebody else. */
  stolen: boolean
  /** Which of our mails it answers. */
  which: number
  /** Few: the same Message-ID comes with the same content and with another. */
  messageId: number | null
  wording: 0 | 1
  /** At once. */
  copies: 1 | 2
}

export const anyLetter: fc.Arbitrary<Letter> = fc.record({
  from: fc.constantFrom(...WRITERS),
  names: fc.constantFrom('nothing', 'nothing', 'token', 'references', 'subject'),
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant('text' as const) },
    {
      weight: 7,
      arbitrary: fc.constantFrom(
        'large' as const,
        'empty' as const,
        'unreadable' as const,
        'automatic' as const,
        'bounce' as const,
        'free-text-bounce' as const,
        'own' as const,
      ),
    },
  ),
  stolen: fc.nat({ max: 3 }).map((one) => one === 0),
  which: fc.nat({ max: 30 }),
  messageId: fc.oneof(fc.nat({ max: 6 }), fc.constant(null)),
  wording: fc.constantFrom(0, 1),
  copies: fc.constantFrom(1, 1, 1, 2),
})

export interface Written {
  mailFrom: string
  rcptTo: string
  raw: string
}

/** The header that tells one delivery from all others; no part of what the mail says. */
export const deliveryOf = (raw: string) => Number(/^X-Delivery: (\d+)/m.exec(raw)?.[1])

/** By its raw bytes. */
export const isUnreadable = (raw: string) => raw.includes('boundary="n0"')

export function write(letter: Letter, delivery: number, ours: readonly SunkMail[]): Written {
  const { from, names, what, which, messageId, wording, stolen } = letter
  const fitting = ours.filter(
    ({ rcptTo, mail }) => mail.subject?.includes('[#') && rcptTo.includes(from) !== stolen,
  )
  const answered = fitting.length === 0 ? undefined : fitting[which % fitting.length]
  const number = /\[#\d+\]/.exec(answered?.mail.subject ?? '')?.[0]
  const replyTo = answered?.mail.replyTo?.value[0]?.address
  const bounces = what === 'bounce' || what === 'free-text-bounce'
  const toVerp = what === 'free-text-bounce' && answered !== undefined
  const recipient = toVerp ? answered.mailFrom : names === 'token' && replyTo ? replyTo : SUPPORT
  const subject = names === 'subject' && number ? `Re: ${number} Panne` : `Panne ${wording}`
  const headers = [
    `X-Delivery: ${delivery}`,
    `From: <${bounces ? 'mailer-daemon@mx.test' : from}>`,
    `To: <${SUPPORT}>`,
    `Subject: ${subject}`,
    ...(messageId === null ? [] : [`Message-ID: <m${messageId}@client.test>`]),
    ...(names === 'references' && answered ? [`References: ${answered.mail.messageId ?? ''}`] : []),
    ...(what === 'automatic' ? ['Auto-Submitted: auto-replied'] : []),
    ...(what === 'own' ? [`X-Loop: ${SUPPORT}`] : []),
  ]
  const body = {
    text: `Bonjour ${wording}`,
    large: `${'x'.repeat(70)}\r\n`.repeat(1200),
    empty: '',
    unreadable: '',
    automatic: 'Je suis absent.',
    bounce: '',
    'free-text-bounce': `<${from}>: host mx said: 550 5.1.1 User unknown`,
    own: 'Bonjour',
  }[what]
  const raw = [...headers, ...typed(what), '', ...(body === '' ? [] : [body]), ...parts(what, from), '']
  return { mailFrom: bounces ? '' : from, rcptTo: recipient, raw: raw.join('\r\n') }
}

const BOUNDARY = 'b-b'
function typed(what: Letter['what']): string[] {
  if (what === 'bounce')
    return [
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${BOUNDARY}"`,
    ]
  if (what === 'unreadable') return ['MIME-Version: 1.0', `Content-Type: ${MIXED}; boundary="n0"`]
  return ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8']
}

const MIXED = 'multipart/mixed'
/** More than any reader takes (1,000 in ours). 400 of them in one another it did take, as an empty mail. */
const TOO_MANY = 1100
function parts(what: Letter['what'], from: string): string[] {
  if (what === 'unreadable')
    return Array.from({ length: TOO_MANY }, () => ['--n0', 'Content-Type: text/plain', '', 'a']).flat()
  if (what !== 'bounce') return []
  return [
    `--${BOUNDARY}`,
    'Content-Type: message/delivery-status',
    '',
    `Final-Recipient: rfc822; ${from}`,
    'Action: failed',
    'Status: 4.2.2',
    `--${BOUNDARY}--`,
  ]
}
