import { describe, expect, test } from 'vitest'
import type { MailKind } from '../domain/telling.ts'
import { renderMail, type MailFacts } from './render-mail.ts'

const facts: MailFacts = {
  kind: 'message-posted',
  language: 'fr',
  name: 'Anne Lambert',
  brand: 'Exeko',
  supportAddress: 'sos@exeko.test',
  address: '',
  left: '',
  of: '',
  link: 'https://support.exeko.test/tickets/1001',
  who: 'Sofie Peeters',
  ticket: 1001,
  subject: 'Imprimante du 2e étage',
  priority: 'normal',
  invoice: '2026-0007',
  amount: '1234567.50',
  dueOn: '2026-12-24',
  communication: '+++202/6000/00192+++',
  until: Temporal.Instant.from('2026-12-08T09:30:00Z'),
  message: 'Bonjour,\n\nAvez-vous <redémarré> l’imprimante ?',
  attachmentNames: [],
}
const KINDS: MailKind[] = [
  'welcome',
  'password-reset',
  'second-factor-on',
  'second-factor-off',
  'second-factor-reset',
  'recovery-code-used',
  'recovery-codes-renewed',
  'codes-refused',
  'receipt',
  'ticket-accepted',
  'message-posted',
  'ticket-closed',
  'support-ticket',
  'support-reply',
  'invoice-issued',
  'credit-note-issued',
  'invoice-reminder-1',
  'invoice-reminder-2',
  'invoice-reminder-3',
]

test('the guide’s buttons, each in its language', () => {
  const button = (kind: MailKind, language: MailFacts['language']) =>
    renderMail({ ...facts, kind, language }).html
  expect(button('welcome', 'en')).toContain('>To the portal</a>')
  expect(button('welcome', 'fr')).toContain('>Vers le portail</a>')
  expect(button('ticket-accepted', 'en')).toContain('>Click here to open the ticket</a>')
  expect(button('ticket-accepted', 'nl')).toContain('>Klik hier om het ticket te openen</a>')
})

describe.each(KINDS)('%s', (kind) => {
  test.each(['fr', 'nl', 'en'] as const)('leaves no placeholder and no empty word in %s', (language) => {
    const mail = renderMail({ ...facts, kind, language })
    for (const part of [mail.subject, mail.text, mail.html]) {
      expect(part).not.toMatch(/\{\{|\}\}|undefined|mail\.|\[object/)
    }
    expect(mail.html).toContain(`lang="${language}"`)
    expect(mail.text).toContain(facts.link)
  })
})

test('the message is carried whole in both parts, and is text in HTML too', () => {
  const mail = renderMail(facts)
  expect(mail.text).toContain('Avez-vous <redémarré> l’imprimante ?')
  expect(mail.html).toContain('Avez-vous &lt;redémarré> l’imprimante ?'.replace('>', '&gt;'))
})

test('a subject with line breaks stays one header line', () => {
  const mail = renderMail({ ...facts, subject: 'Panne\r\nBcc: eve@evil.test' })
  expect(mail.subject).toBe('[#1001] Panne Bcc: eve@evil.test')
})

test('the house signs in its own words, and says in a receipt what it wants; nowhere else', () => {
  const house = {
    signature: 'Exeko\n02 555 12 12 <lun–ven>',
    receipt: 'Réponse dans les deux heures. {{name}}',
  }
  const receipt = renderMail({ ...facts, kind: 'receipt' }, house)
  expect(receipt.text.trimEnd().endsWith('-- \nExeko\n02 555 12 12 <lun–ven>')).toBe(true)
  expect(receipt.html).toContain('02 555 12 12 &lt;lun–ven')
  expect(receipt.text).toContain('Réponse dans les deux heures. {{name}}')
  expect(receipt.text).not.toContain('dès qu’un technicien')
  expect(renderMail({ ...facts, kind: 'ticket-closed' }, house).text).not.toContain(
    'Réponse dans les deux heures',
  )
  expect(renderMail({ ...facts, kind: 'ticket-closed' }, house).text).toContain('02 555 12 12')
})

test('a subject is never read as a template', () => {
  expect(renderMail({ ...facts, subject: '{{brand}} $t(priority.low) <%= it.link %>' }).subject).toBe(
    '[#1001] {{brand}} $t(priority.low) <%= it.link %>',
  )
})

test('amounts and dates as the reader writes them', () => {
  const invoice = (language: MailFacts['language']) =>
    renderMail({ ...facts, kind: 'invoice-issued', language }).text
  expect(invoice('fr')).toContain('1\u202f234\u202f567,50 €')
  expect(invoice('nl')).toContain('1.234.567,50 €')
  expect(invoice('en')).toContain('€1,234,567.50')
  expect(renderMail({ ...facts, kind: 'welcome' }).text).toContain('8 décembre 2026')
})

test('the plain part reads like a letter: no gaps, no indentation of the template', () => {
  const { text } = renderMail({ ...facts, kind: 'ticket-accepted', message: null })
  expect(text).not.toMatch(/\n{3,}|^\s|(?<!--)[ \t]\n/)
  expect(text.split('\n')[0]).toBe('Bonjour Anne Lambert,')
})

test('a reminder says what is open, since when, and how to pay it', () => {
  for (const kind of ['invoice-reminder-1', 'invoice-reminder-2', 'invoice-reminder-3'] as const) {
    const { text, subject } = renderMail({ ...facts, kind, message: null, ticket: null })
    expect(subject).toContain('2026-0007')
    for (const said of ['1\u202f234\u202f567,50 €', '24 décembre 2026', '+++202/6000/00192+++']) {
      expect(text).toContain(said)
    }
  }
})
