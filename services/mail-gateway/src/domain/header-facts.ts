/** What the headers say about how a mail is to be treated. Pure: names in lower case, values as written. */
export type Headers = ReadonlyMap<string, readonly string[]>

/**
 * How vacation programs begin a subject: their words, then a colon, a dash or the end. "Re: Automatic reply: …" is a
 * person's answer, and "Réponse automatique qui ne part plus" is a person's trouble.
 */
const VACATION =
  /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:(?:réponse|reponse) automatique|message d['’]absence|absence du bureau|absent(?:e)? du bureau|automatisch (?:antwoord|bericht)|afwezigheid(?:sbericht|smelding|sassistent)?|afwezig|out[ -]of[ -](?:the[ -])?office(?: auto-?reply)?|automatic reply|auto(?:matic)?[ -]?(?:reply|response)|abwesenheits(?:notiz|nachricht|meldung|assistent)|automatische (?:antwort|abwesenheitsnotiz))\s*(?::|[-–—]\s|$)/i

const first = (headers: Headers, name: string) => headers.get(name)?.[0]?.trim().toLowerCase() ?? ''

/** Row 8 of spec/mail.md 2b (RFC 3834 §2 and what is common beside it). */
export function isAutomatic(headers: Headers, subject: string): boolean {
  const submitted = first(headers, 'auto-submitted')
  if (submitted !== '' && !submitted.startsWith('no')) return true
  if (/^(bulk|list|junk|auto_reply)/.test(first(headers, 'precedence'))) return true
  if (/\ball\b/.test(first(headers, 'x-auto-response-suppress'))) return true
  if (['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => headers.has(name))) return true
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
