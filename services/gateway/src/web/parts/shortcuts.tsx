/** The single keys, shown by `?`; they can be turned off (WCAG 2.1.4). */
import type { Language } from '@guichet/contracts/values/language'
import { shellTexts } from '../texts/shell.ts'
import { Icon } from './icon.tsx'

export function Shortcuts({ language }: { language: Language }) {
  const t = shellTexts(language)
  const keys: [string, string][] = [
    ['?', t.keys.help],
    ['n', t.keys.newTicket],
    ['/', t.keys.search],
    ['l', t.keys.list],
    ['b', t.keys.notifications],
    ['j · k', t.keys.nextPrevious],
    ['r', t.keys.reply],
    ['i', t.keys.note],
    ['p', t.keys.time],
  ]
  return (
    <dialog class="box" data-controller="shortcuts" aria-labelledby="shortcuts-title">
      <header>
        <h2 id="shortcuts-title">{t.shortcuts}</h2>
        <button type="button" class="icon-button" data-action="shortcuts#close" aria-label={t.close}>
          <Icon name="close" />
        </button>
      </header>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" data-shortcuts-target="toggle" data-action="shortcuts#toggle" />{' '}
        {t.shortcutsOn}
      </label>
    </dialog>
  )
}
