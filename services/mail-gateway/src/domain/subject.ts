/** A subject as a person would say it: no Re/Fwd/TR/WG/Antw, no tag of ours, one line. Pure. */
const PREFIX = /^\s*(?:re|rép|ref|réf|fwd?|tr|wg|aw|antw|vs|doorst)\s*(?:\[\d+\])?\s*:\s*/i
const TAG = /\[#(\d{1,10})\]/

export function ticketInSubject(subject: string): number | null {
  const tag = TAG.exec(subject)
  return tag ? Number(tag[1]) : null
}

export function cleanedSubject(subject: string): string {
  let cleaned = subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  for (let before = ''; before !== cleaned;) {
    before = cleaned
    cleaned = cleaned.replace(PREFIX, '').replace(TAG, '').replace(/\s+/g, ' ').trim()
  }
  return [...cleaned].slice(0, 250).join('')
}
