/** Words and layout of one mail to one person. */
import { readFileSync } from 'node:fs'
import type { RenderedMail } from '@guichet/contracts/mail'
import type { Priority } from '@guichet/contracts/ticket'
import type { Language } from '@guichet/contracts/values/language'
import { Eta } from 'eta'
import type { MailKind } from '../domain/telling.ts'
import { words } from '../texts/words.ts'

export interface MailFacts {
  kind: MailKind
  language: Language
  /** The receiver's name. */
  name: string
  brand: string
  supportAddress: string
  /** The address that is to be confirmed; '' elsewhere. */
  address: string
  /** Absolute. */
  link: string
  /** Who did it. */
  who: string
  ticket: number | null
  subject: string
  priority: Priority | null
  invoice: string | null
  /** Decimal with two places. */
  amount: string | null
  /** Calendar day by which an invoice was to be paid. */
  dueOn: string | null
  /** Of prepaid hours, in words; '' elsewhere. */
  left: string
  of: string
  /** What a payment says. */
  communication: string | null
  /** When the link ends. */
  until: Temporal.Instant | null
  /** The text of the message that the mail is about. */
  message: string | null
  attachmentNames: readonly string[]
}

/** The first screens of a long message; the rest is one click away. */
const MOST_CHARACTERS = 20_000

const template = (name: string) => readFileSync(new URL(`../../templates/${name}`, import.meta.url), 'utf8')
const eta = new Eta({ autoEscape: true, autoTrim: false })
const html = eta.compile(template('mail.html.eta'))
const text = eta.compile(template('mail.text.eta'))

/** The house's own words, in the receiver's language; '' for the product's. */
export interface HouseWords {
  /** May have several lines. */
  signature: string
  /** Said in receipts alone. */
  receipt: string
}

export function renderMail(
  facts: MailFacts,
  house: HouseWords = { signature: '', receipt: '' },
): RenderedMail {
  const { language, kind } = facts
  const params = {
    ticket: facts.ticket ?? '',
    subject: facts.subject,
    who: facts.who,
    brand: facts.brand,
    support: facts.supportAddress,
    invoice: facts.invoice ?? '',
    amount: facts.amount === null ? '' : localAmount(facts.amount, language),
    due: facts.dueOn === null ? '' : localDay(facts.dueOn, language),
    communication: facts.communication ?? '',
    left: facts.left,
    of: facts.of,
    until: facts.until === null ? '' : localTime(facts.until, language),
    priority: facts.priority === null ? '' : words(language, `priority.${facts.priority}`),
    name: facts.name,
    address: facts.address,
    names: facts.attachmentNames.join(', '),
  }
  const say = (key: Parameters<typeof words>[1]) => words(language, key, params)
  const view = {
    language,
    subject: oneLine(say(`mail.${kind}.subject`)),
    brand: facts.brand,
    hello: say(facts.name === '' ? 'mail.helloStranger' : 'mail.hello'),
    lead: say(`mail.${kind}.lead`),
    more: (kind === 'receipt' && house.receipt) || moreOf(kind, language, params),
    button: say(`mail.${kind}.button`),
    // In French a colon stands apart from its word, and never alone on the next line.
    colon: language === 'fr' ? '\u00a0:' : ':',
    link: facts.link,
    message:
      facts.message === null
        ? null
        : { writes: say('mail.writes'), text: facts.message.slice(0, MOST_CHARACTERS).trim() },
    attachments: facts.attachmentNames.length > 0 ? say('mail.attachments') : '',
    fallback: say('mail.fallback'),
    // A note is answered on the ticket: by mail it would reach the customer.
    replyHint: facts.ticket === null || kind === 'mentioned' ? '' : say('mail.replyHint'),
    signature: house.signature || say('mail.signature'),
  }
  return {
    subject: view.subject,
    text: eta
      .render(text, view)
      .replace(/\n{3,}/g, '\n\n')
      .trimStart(),
    html: eta.render(html, view),
  }
}

/** Whoever is not known here reads one of the three: theirs first or not, each is there. */
function moreOf(kind: MailKind, language: Language, params: Record<string, string | number>): string {
  const said = words(language, `mail.${kind}.more`, params)
  if (kind !== 'mail-not-accepted') return said
  const others = LANGUAGES.filter((each) => each !== language).map((each) =>
    [words(each, `mail.${kind}.lead`, params), words(each, `mail.${kind}.more`, params)].join('\n'),
  )
  return [said, ...others].join('\n\n')
}
const LANGUAGES = ['fr', 'nl', 'en'] as const

/** A subject is one header line, whatever the customer typed (spec/security.md line 13). */
function oneLine(subject: string): string {
  return subject.replace(/\p{Cc}+/gu, ' ').trim()
}

/** In the process's zone (TZ): the house and its clients live in one; a mail that is read abroad says the same hour. */
function localTime(at: Temporal.Instant, language: Language): string {
  const options = { dateStyle: 'long', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(`${language}-BE`, options).format(at.epochMilliseconds)
}

function localDay(day: string, language: Language): string {
  const at = Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds
  return new Intl.DateTimeFormat(`${language}-BE`, { dateStyle: 'long', timeZone: 'UTC' }).format(at)
}

/** The digits stay as they are: an amount never goes through a float. */
function localAmount(amount: string, language: Language): string {
  const [whole = '', cents = '00'] = amount.split('.')
  const thousands = language === 'fr' ? '\u202f' : language === 'nl' ? '.' : ','
  return `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, thousands)}${language === 'en' ? '.' : ','}${cents}`
}
