/**
 * Whose mail came back and why: from a delivery status report (RFC 3464), from X-Failed-Recipients (Exim, Gmail), and
 * from the words that servers write instead of one. Pure; reads the first 20 000 characters.
 */
import type { Headers } from './header-facts.ts'

export interface Bounce {
  recipient: string | null
  /** Enhanced status code (RFC 3463): 5 is for good, 4 for now. */
  code: string | null
}

const MOST = 20_000
const ADDRESS = String.raw`[\w.!#$%&'*+/=?^{|}~-]{1,64}@[a-z0-9.-]{1,250}[a-z0-9]`
const STATUS = /(?:^|[\s#(;:-])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/
const REPLY = /(?:^|[\s:'"])([45])[0-7]\d[ -](?=\D)/m
const FOR_NOW =
  /\b(?:delayed|will (?:keep|be) (?:trying|retried)|still being retried|no action is required|warning only|retardé|nouvelle tentative|vertraagd|nog niet bezorgd|verzögert|mailbox (?:is )?full|over quota|quota exceeded|boîte (?:aux lettres )?pleine|postvak (?:is )?vol)\b/i
const FOR_GOOD =
  /\b(?:user unknown|unknown user|no such user|does(?: not|n't) exist|n['’]existe pas|bestaat niet|address not found|adresse introuvable|adres niet gevonden|unrouteable address|no mailbox here|permanent (?:fatal )?error|permanent failure|undeliverable|could not be delivered|couldn['’]t be delivered|n['’]a pas pu être (?:remis|distribué)|kon niet worden bezorgd|konnte nicht zugestellt)/i

/** `report` is the text of the message/delivery-status part, when there is one. */
export function readBounce(headers: Headers, text: string, report: string | null): Bounce {
  const words = text.slice(0, MOST)
  const fields = (report ?? '').slice(0, MOST).replace(/\r?\n[ \t]+/g, ' ')
  return { recipient: reported(fields) ?? failedHeader(headers) ?? named(words), code: codeOf(fields, words) }
}

/** The address that was written to, before the one it was passed on to: ours is the former. */
function reported(fields: string): string | null {
  for (const name of ['original', 'final']) {
    const field = new RegExp(String.raw`^${name}-recipient:\s*[\w-]+\s*;\s*<?([^\s<>]{3,320})>?\s*$`, 'im')
    const found = field.exec(fields)?.[1]
    if (found) return found
  }
  return null
}

function failedHeader(headers: Headers): string | null {
  const value = headers.get('x-failed-recipients')?.[0]?.split(',')[0]?.trim()
  return value === undefined || value === '' ? null : value
}

/** Servers put the address on a line of its own, in brackets, or behind their words for "to". */
function named(words: string): string | null {
  const patterns = [
    new RegExp(String.raw`^\s*<(${ADDRESS})>:`, 'im'),
    new RegExp(String.raw`^\s*(${ADDRESS})\s*$`, 'im'),
    new RegExp(
      String.raw`(?:^|\s)(?:to|à|aan|an|recipients?|destinataires?|geadresseerden?)\s*:?\s*[<«"']?\s*(${ADDRESS})`,
      'i',
    ),
    new RegExp(String.raw`<(${ADDRESS})>`, 'i'),
  ]
  const above =
    words.split(
      /^-+ ?(?:this is a copy|below this line|original message|message d['’]origine|included is a copy)/im,
    )[0] ?? ''
  for (const pattern of patterns) {
    const found = pattern.exec(above)?.[1]
    if (found && !/^(?:mailer-daemon|postmaster)@/i.test(found)) return found
  }
  return null
}

function codeOf(fields: string, words: string): string | null {
  const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(fields)?.[1]
  const isDelayed = /^action:\s*delayed/im.test(fields)
  if (status) return isDelayed ? status.replace(/^\d/, '4') : status
  if (isDelayed) return '4.0.0'
  const written = STATUS.exec(words)?.[1]
  if (written) return written
  const reply = REPLY.exec(words)?.[1]
  if (reply) return `${reply}.0.0`
  if (FOR_NOW.test(words)) return '4.0.0'
  return FOR_GOOD.test(words) ? '5.0.0' : null
}
