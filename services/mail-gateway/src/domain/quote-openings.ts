/**
 * Where a quote begins: the lines that mail programs put above what they quote. Every pattern reads a bounded piece of
 * text and has no nested repetition, so that hostile lines cost what ordinary ones cost. Pure.
 */
const LONGEST_LINE = 1000
const MOST_LINES = 4

/** "Le", "On", "Op", "Am" … and what stands before a name, a date: the attribution's first word. */
const BEGINS = /^[\s*_-]*(?:le|on|op|am|il|in data|el|em|den|på|w dniu|dnia|pe|vào|在)(?=[\s\d,])|^在/iu
const VERB =
  /(?:a écrit|wrote|sent|schreef|geschreven|schrieb|geschrieben|ha scritto|escribió|escreveu|skrev|napisał(?:\(a\))?|pisze|kirjoitti|đã viết|写道)(?=[\s:：*_-]|$)/iu
const ENDS = /[:：]\s*[*_-]*\s*$/u
/** "Anne Lambert <anne@client.test> schreef op 24 nov. 2026:" and "---- Anne Lambert wrote ----". */
const NAME_FIRST =
  /^[^:]{1,150}<[^<>\s]{3,200}>\s*(?:a écrit|wrote|schreef|schrieb)\b|^\s*-{3,}.{1,150}\b(?:a écrit|wrote|schreef|schrieb)\s*-{3,}\s*$/iu
/** "2026-11-24 10:42 GMT+01:00 Anne <anne@client.test>:", older Gmail in many languages. */
const DATE_FIRST =
  /^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.{0,200}[<(][^<>()\s]{3,200}@[^<>()\s]{3,200}[>)]\s*:?\s*$/u
const HAS_DATE_OR_ADDRESS = /\d|@/
/** Enough to believe an attribution under which nothing is marked as quoted. */
const HAS_TIME_OR_ADDRESS = /\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b|@/
const SENTENCE_ENDS = /[!?]\s*$|\p{L}{5,}\.\s*$/u

const ORIGINAL =
  /^\s*[-_*]{2,}\s*(?:(?:message|mail|e-mail|courriel) (?:d['’]origine|original|initial)|original message|reply message|oorspronkelijk bericht|origineel bericht|ursprüngliche nachricht|antwort nachricht|oprindelig (?:meddelelse|besked)|mensaje original|messaggio originale)\s*:?\s*[-_*]*\s*$/iu
const FORWARDED =
  /^\s*(?:[-_]{2,}\s*(?:message transféré|forwarded message|doorgestuurd bericht|weitergeleitete nachricht)\s*[-_]{2,}|(?:début du message (?:transféré|réexpédié)|begin forwarded message|begin doorgestuurd bericht|anfang der weitergeleiteten nachricht)\s*:)\s*$/iu

type HeaderKind = 'from' | 'date' | 'to' | 'subject' | 'other'
const HEADERS: readonly [HeaderKind, RegExp][] = [
  ['from', /^[\s*]*(?:de|from|van|von|da|fra|från|expéditeur)\s?\*?\s*:/iu],
  [
    'date',
    /^[\s*]*(?:envoyé(?: le)?|date|sent|verzonden|datum|gesendet|sendt|skickat|inviato|enviado)\s?\*?\s*:/iu,
  ],
  ['to', /^[\s*]*(?:à|a|to|aan|an|til|till|para|destinataire)\s?\*?\s*:/iu],
  ['subject', /^[\s*]*(?:objet|sujet|subject|onderwerp|betreff|emne|ämne|oggetto|asunto)\s?\*?\s*:/iu],
  ['other', /^[\s*]*(?:cc|copie|kopie|bcc|importance|reply-to|répondre à)\s?\*?\s*:/iu],
]

/** How many lines the attribution at `index` takes; 0 when there is none. */
export function attributionLength(lines: readonly string[], index: number): number {
  const first = lines[index] ?? ''
  if (first.length > LONGEST_LINE || first.trim() === '') return 0
  if (isAttribution(first) && isBelieved(first, lines, index + 1)) return 1
  const opens = BEGINS.test(first) || DATE_FIRST.test(`${first.trim()}x@xxx>`)
  if (!opens) return 0
  let joined = first
  for (let length = 2; length <= MOST_LINES; length += 1) {
    const line = lines[index + length - 1]
    if (line === undefined || line.trim() === '' || SENTENCE_ENDS.test(lines[index + length - 2] ?? ''))
      return 0
    joined = `${joined.trimEnd()} ${line.trim()}`
    if (joined.length > LONGEST_LINE) return 0
    if (isAttribution(joined) && isBelieved(joined, lines, index + length)) return length
  }
  return 0
}

function isAttribution(line: string): boolean {
  if (DATE_FIRST.test(line.replace(/<\s+/, '<'))) return true
  if (NAME_FIRST.test(line)) return true
  return (
    BEGINS.test(line) &&
    VERB.test(line) &&
    HAS_DATE_OR_ADDRESS.test(line) &&
    (ENDS.test(line) || /-{3,}\s*$/.test(line))
  )
}

function isBelieved(attribution: string, lines: readonly string[], after: number): boolean {
  return HAS_TIME_OR_ADDRESS.test(attribution) || isQuoted(nextWritten(lines, after))
}

/** The next line that says something. */
export function nextWritten(lines: readonly string[], from: number): string {
  for (let index = from; index < lines.length && index < from + 10; index += 1) {
    const line = lines[index] ?? ''
    if (line.trim() !== '') return line
  }
  return ''
}

/** Marked with ">", and not an arrow that points at something ("&gt;&gt;&gt; here &lt;&lt;&lt;"). */
export const isQuoted = (line: string): boolean => /^\s{0,20}>/.test(line) && !line.endsWith('<<<')

/** "-----Message d'origine-----". */
export const isOriginalDivider = (line: string): boolean => line.length <= 200 && ORIGINAL.test(line)

/** What is forwarded is what the author sends: it is not folded. */
export const isForwardDivider = (line: string): boolean => line.length <= 200 && FORWARDED.test(line)

/** A line drawn above a header block. */
export const isRule = (line: string): boolean => line.length <= 200 && /^\s*[-_*=]{5,}\s*$/.test(line)

/** Outlook's and others' block: who, when, to whom, about what, in lines that follow one another. */
export function isHeaderBlock(lines: readonly string[], index: number): boolean {
  const kinds = new Set<HeaderKind>()
  if (kindOf(lines[index] ?? '') === undefined) return false
  let evidence = ''
  // A field that is broken over two lines stays one field.
  for (let at = index, strangers = 0; at < lines.length && at < index + 10 && strangers < 2; at += 1) {
    const line = (lines[at] ?? '').slice(0, LONGEST_LINE)
    if (line.trim() === '') break
    const kind = kindOf(line)
    if (kind === undefined) strangers += 1
    else {
      strangers = 0
      kinds.add(kind)
      evidence += line
    }
  }
  if (kinds.has('from') && kinds.size >= 3) return true
  return kinds.size >= 2 && (kinds.has('from') || kinds.has('date')) && /@/.test(evidence)
}

function kindOf(line: string): HeaderKind | undefined {
  if (line.length > LONGEST_LINE) return undefined
  return HEADERS.find(([, pattern]) => pattern.test(line))?.[0]
}
