/**
 * What the author wrote, apart from what their program quoted below or around it. Folding is presentation: every line
 * is in one of the two, in its order. One walk over the lines, so that 100 KB of dashes cost what 100 KB cost.
 */
export interface Folded {
  text: string
  /** null when nothing was folded. */
  quoted: string | null
}

/** "Le … a écrit :", "On … wrote:", "Op … schreef …:", "Am … schrieb …:" — on one line, or broken over two or three. */
const ATTRIBUTION =
  /^\s*(?:le\b.{0,300}\ba écrit|on\b.{0,300}\bwrote|op\b.{0,300}\bschreef\b.{0,200}|am\b.{0,300}\bschrieb\b.{0,200})\s*:\s*$/i
const ATTRIBUTION_BEGINS = /^\s*(?:le|on|op|am)\b.*\d/i
const DIVIDER =
  /^\s*(?:-{2,}|_{2,})\s*(?:message d['’]origine|message transféré|original message|forwarded message|oorspronkelijk bericht|doorgestuurd bericht|ursprüngliche nachricht)\s*(?:-{2,}|_{2,})\s*$/i
const HEADER_FROM = /^\s*\*?(?:de|from|van|von)\s*:\*?\s*\S/i
const HEADER_NEXT =
  /^\s*\*?(?:envoyé|sent|date|verzonden|datum|gesendet|à|to|aan|an|objet|subject|onderwerp|betreff)\s*:\*?/i
const SIGNATURE = /^-- ?$/
const DEVICE =
  /^\s*(?:envoyé (?:de mon|depuis)|envoyé à partir|sent from my|sent from outlook|get outlook for|téléchargez outlook|verzonden vanaf|verstuurd vanaf|von meinem .{1,40} gesendet|obtenir outlook|outlook voor)\b.{0,120}$/i
const QUOTE = /^\s*>/
const LONGEST_LINE = 1000

export function foldQuotes(body: string): Folded {
  const lines = body.replace(/\r\n?/g, '\n').split('\n')
  const kept: string[] = []
  const folded: string[] = []
  for (let index = 0; index < lines.length;) {
    const line = lines[index] ?? ''
    const attribution = attributionLength(lines, index)
    if (attribution > 0) {
      folded.push(...lines.slice(index, index + attribution))
      index += attribution
      // Quoted with ">": what follows unquoted is the author's again. Quoted without: all the rest is the quote.
      const next = lines.slice(index).find((each) => each.trim() !== '')
      if (next === undefined || !QUOTE.test(next)) {
        folded.push(...lines.slice(index))
        break
      }
      continue
    }
    if (endsHere(lines, index)) {
      folded.push(...lines.slice(index))
      break
    }
    ;(QUOTE.test(line) ? folded : kept).push(line)
    index += 1
  }
  const text = kept.join('\n').replace(/\s+$/, '')
  const quoted = folded.join('\n').replace(/\s+$/, '')
  // A mail that is nothing but a quote says what it quotes.
  if (text.trim() === '' && quoted.trim() !== '') return { text: quoted, quoted: null }
  return { text, quoted: quoted.trim() === '' ? null : quoted }
}

/** How many lines the attribution at `index` takes; 0 when there is none. */
function attributionLength(lines: readonly string[], index: number): number {
  const first = lines[index] ?? ''
  if (first.length > LONGEST_LINE) return 0
  if (ATTRIBUTION.test(first)) return 1
  if (!ATTRIBUTION_BEGINS.test(first)) return 0
  for (const length of [2, 3]) {
    const joined = lines.slice(index, index + length).join(' ')
    if (joined.length <= LONGEST_LINE && ATTRIBUTION.test(joined)) return length
  }
  return 0
}

/** From here to the end it is a quote or a signature. */
function endsHere(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? ''
  if (line.length > LONGEST_LINE) return false
  if (SIGNATURE.test(line) || DIVIDER.test(line)) return true
  if (DEVICE.test(line)) return true
  return (
    HEADER_FROM.test(line) &&
    lines.slice(index + 1, index + 5).filter((each) => HEADER_NEXT.test(each)).length >= 2
  )
}
