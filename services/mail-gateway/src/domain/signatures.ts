/** Where a signature begins: the dashes of RFC 3676 §4.3, the line a phone adds, the formula above a name. Pure. */
const DASHES = /^(?:-- ?|__|—)$/
const DEVICE =
  /^\s*(?:envoyé (?:de mon|de ma|depuis|à partir|avec)|sent from (?:my|a|an|mail|outlook|yahoo|samsung|proton)|sent with|get outlook|télécharge[rz] outlook|obtenir outlook|obtenez outlook|outlook (?:voor|pour|für) |download outlook|verzonden (?:vanaf|vanuit|met|via) |verstuurd (?:vanaf|vanuit|met|via) |gesendet (?:von|mit|aus) |von mein\p{L}{0,4} .{1,60} gesendet|diese nachricht wurde von mein)(?:\P{Cc}{0,150})$/iu
const FORMULA =
  /^\s*(?:(?:bien |très )?cordialement|(?:bien|sincères|meilleures|mes) salutations(?: distinguées)?|bien à vous|salutations(?: distinguées)?|met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|hoogachtend|mvg|(?:kind|best|warm) regards|regards|best wishes|cheers|sincerely|yours (?:sincerely|faithfully)|mit freundlichen grüßen|freundliche grüße|viele grüße|mfg)\s*[,.!]?\s*$/iu
const MOST_LINES = 15
const LONGEST_LINE = 200

/** Whether a signature begins at `index`; `end` is where the quote below begins, or the end of the mail. */
export function isSignature(lines: readonly string[], index: number, end: number): boolean {
  const line = lines[index] ?? ''
  if (line.length > LONGEST_LINE) return false
  if (DASHES.test(line) || DEVICE.test(line)) return true
  if (!FORMULA.test(line)) return false
  const below = lines.slice(index + 1, end).filter((each) => each.trim() !== '')
  return (
    below.length <= MOST_LINES && below.every((each) => each.length <= LONGEST_LINE && !/[?]\s*$/.test(each))
  )
}
