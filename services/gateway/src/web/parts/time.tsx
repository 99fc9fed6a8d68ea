/** When: as people say it, in full on hover and for a screen reader that asks. */
import type { Language } from '@guichet/contracts/values/language'
import { dateTime, spoken } from './times.ts'

export function When({ at, language }: { at: string; language: Language }) {
  return (
    <time datetime={at} title={dateTime(at, language)}>
      {spoken(at, language)}
    </time>
  )
}
