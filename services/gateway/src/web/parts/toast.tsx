/** What was just done, with its undo where there is one. */
import type { Language } from '@guichet/contracts/values/language'
import type { Done } from '../page.ts'
import { shellTexts } from '../texts/shell.ts'
import { Icon } from './icon.tsx'

export function Toast({ done, language }: { done: Done; language: Language }) {
  const t = shellTexts(language)
  return (
    <div
      class="toast"
      data-controller="toast"
      data-action="mouseenter->toast#pause mouseleave->toast#resume focusin->toast#pause focusout->toast#resume"
    >
      <Icon name="check" size={16} />
      <span>{done.text}</span>
      {done.undo ? (
        <form method="post" action={done.undo}>
          <button class="link">{t.undo}</button>
        </form>
      ) : null}
      <button type="button" class="icon-button" data-action="toast#dismiss" aria-label={t.close}>
        <Icon name="close" size={16} />
      </button>
    </div>
  )
}
