/** What a ticket about an invoice line says to begin with: the question, then what it is about, so that nobody has to look. */
import type { Language } from '@guichet/contracts/values/language'
import type { StoredLine } from '../src/domain/invoice.ts'
import { amount, day } from './figures.ts'

interface Words {
  subject: (number: string, position: number) => string
  about: string
  invoice: string
  line: string
  ticket: string
  on: string
  by: string
  amount: string
}

const WORDS: Record<Language, Words> = {
  fr: {
    subject: (number, position) => `Question sur la facture ${number}, ligne ${position}`,
    about: 'À propos de',
    invoice: 'Facture',
    line: 'ligne',
    ticket: 'Ticket',
    on: 'Date',
    by: 'Presté par',
    amount: 'Montant hors TVA',
  },
  nl: {
    subject: (number, position) => `Vraag over factuur ${number}, regel ${position}`,
    about: 'Betreft',
    invoice: 'Factuur',
    line: 'regel',
    ticket: 'Ticket',
    on: 'Datum',
    by: 'Uitgevoerd door',
    amount: 'Bedrag excl. btw',
  },
  en: {
    subject: (number, position) => `Question about invoice ${number}, line ${position}`,
    about: 'About',
    invoice: 'Invoice',
    line: 'line',
    ticket: 'Ticket',
    on: 'Date',
    by: 'Done by',
    amount: 'Amount excl. VAT',
  },
}

export function question(
  language: Language,
  { number, position, line, text }: { number: string; position: number; line: StoredLine; text: string },
): { subject: string; description: string } {
  const words = WORDS[language]
  const about: (string | null)[] = [
    `${words.invoice} ${number}, ${words.line} ${position}`,
    line.ticket === null ? null : `${words.ticket} #${line.ticket}`,
    line.workedOn === null ? null : `${words.on} : ${day(line.workedOn, language)}`,
    line.agent === null ? null : `${words.by} : ${line.agent}`,
    line.description,
    `${words.amount} : ${amount(line.net, language)} €`,
  ]
  return {
    subject: words.subject(number, position),
    description: [text, '', `${words.about} :`, ...about.filter((part) => part !== null)].join('\n'),
  }
}
