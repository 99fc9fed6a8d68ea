/** Single keys outside fields; `?` shows them; they can be turned off (WCAG 2.1.4); no key of the browser is taken. */
import { Controller } from '@hotwired/stimulus'
import * as Turbo from '@hotwired/turbo'
import { kept } from './reader.ts'

export class ShortcutsController extends Controller<HTMLDialogElement> {
  static override targets = ['toggle']
  declare readonly toggleTarget: HTMLInputElement
  readonly #pressed = (event: KeyboardEvent) => this.press(event)

  override connect(): void {
    document.addEventListener('keydown', this.#pressed)
    this.toggleTarget.checked = this.#isOn
  }

  override disconnect(): void {
    document.removeEventListener('keydown', this.#pressed)
  }

  open(): void {
    this.element.showModal()
  }

  close(): void {
    this.element.close()
  }

  toggle(): void {
    kept.write('shortcuts', this.toggleTarget.checked ? null : 'off')
  }

  /** `<a data-key="n">` and `<button data-key="r">` say which key they answer to. */
  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return
    if (event.key === '?') {
      event.preventDefault()
      if (this.element.open) this.close()
      else this.open()
      return
    }
    if (!this.#isOn || document.querySelector('dialog[open]')) return
    if (event.key === 'j' || event.key === 'k') {
      if (moveInList(event.key === 'j' ? 1 : -1)) event.preventDefault()
      return
    }
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`)
    if (!target) return
    event.preventDefault()
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) target.focus()
    else if (target instanceof HTMLAnchorElement && !target.dataset['turboFrame']) Turbo.visit(target.href)
    else target.click()
  }

  get #isOn(): boolean {
    return kept.read('shortcuts') !== 'off'
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

function moveInList(step: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row] a[data-main]')]
  if (rows.length === 0) return false
  const at = rows.findIndex((row) => row === document.activeElement)
  rows[
    at === -1 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)
  ]?.focus()
  return true
}
