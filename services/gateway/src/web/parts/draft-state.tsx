/** Beside a form that keeps its draft: says that it does. */
import type { Language } from '@guichet/contracts/values/language'
import { shellTexts } from '../texts/shell.ts'

export function DraftState({ language }: { language: Language }) {
  const t = shellTexts(language)
  return (
    <p
      class="draft-state"
      data-draft-target="state"
      data-kept={t.draftKept}
      data-restored={t.draftRestored}
      aria-live="polite"
    />
  )
}
