/** Canned replies: from their menu, or by `/` at the beginning of a line; arrows choose, Escape goes back to writing. */
import { Controller } from '@hotwired/stimulus'

export class CannedController extends Controller<HTMLElement> {
  static override targets = ['menu', 'choice']
  declare readonly menuTarget: HTMLDetailsElement
  declare readonly choiceTargets: HTMLButtonElement[]

  override connect(): void {
    this.menuTarget.hidden = false
  }

  type(event: KeyboardEvent): void {
    const field = event.target as HTMLTextAreaElement
    if (event.key !== '/' || event.isComposing || this.choiceTargets.length === 0) return
    const before = field.value.slice(0, field.selectionStart)
    if (before !== '' && !before.endsWith('\n')) return
    event.preventDefault()
    this.menuTarget.open = true
    this.choiceTargets[0]?.focus()
  }

  move(event: KeyboardEvent): void {
    const at = this.choiceTargets.findIndex((choice) => choice === document.activeElement)
    const last = this.choiceTargets.length - 1
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[
      event.key
    ]
    if (to !== undefined) {
      event.preventDefault()
      this.choiceTargets[to]?.focus()
    }
    if (event.key === 'Escape') {
      // The menu closes; a panel behind it does not.
      event.stopPropagation()
      this.#close()
    }
  }

  insert(event: Event): void {
    const { text = '' } = (event.currentTarget as HTMLElement).dataset
    const field = this.#field
    if (!field) return
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    this.#close()
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  get #field(): HTMLTextAreaElement | null {
    return this.element.querySelector('textarea')
  }

  #close(): void {
    this.menuTarget.open = false
    this.#field?.focus()
  }
}
