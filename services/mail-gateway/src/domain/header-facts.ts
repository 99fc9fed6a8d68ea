/** What the headers say about how a mail is to be treated. Pure: names in lower case, values as written. */
export type Headers = ReadonlyMap<string, readonly string[]>

const VACATION =
  /\b(absence du bureau|réponse automatique|absent du bureau|afwezigheid|automatisch antwoord|out of office|automatic reply|auto-?reply|abwesenheit|automatische antwort)\b/i

const first = (headers: Headers, name: string) => headers.get(name)?.[0]?.trim().toLowerCase() ?? ''

/** Row 8 of spec/mail.md 2b (RFC 3834 §2 and what is common beside it). */
export function isAutomatic(headers: Headers, subject: string): boolean {
  const submitted = first(headers, 'auto-submitted')
  if (submitted !== '' && !submitted.startsWith('no')) return true
  if (/^(bulk|list|junk)/.test(first(headers, 'precedence'))) return true
  if (/\ball\b/.test(first(headers, 'x-auto-response-suppress'))) return true
  return headers.has('list-unsubscribe') || VACATION.test(subject)
}

/** Row 4: a null return path or a delivery status report (RFC 3464). */
export function isBounce(headers: Headers, mailFrom: string | null): boolean {
  const type = first(headers, 'content-type')
  return mailFrom === '' || (type.startsWith('multipart/report') && type.includes('delivery-status'))
}

/** Row 1. */
export function isOurs(headers: Headers, messageIdDomain: string, loopMark: string): boolean {
  return (
    first(headers, 'message-id').endsWith(`@${messageIdDomain.toLowerCase()}>`) ||
    first(headers, 'x-loop') === loopMark.toLowerCase()
  )
}

/** All Message-IDs that In-Reply-To and References name, the nearest first. */
export function referencedIds(headers: Headers): string[] {
  const named = [...(headers.get('in-reply-to') ?? []), ...(headers.get('references') ?? [])].join(' ')
  return [...new Set((named.match(/<[^<>\s]{1,500}>/g) ?? []).toReversed())].slice(0, 50)
}
