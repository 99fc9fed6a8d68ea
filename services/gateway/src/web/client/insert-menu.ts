/**
 * What can be put into the text from a menu: canned replies by `/` at the beginning of a line, colleagues by `@` at the
 * beginning of a word. Arrows choose, a letter goes to what begins with it, Escape goes back to writing.
 */
import { Controller } from '@hotwired/stimulus'

export class InsertMenuController extends Controller<HTMLElement> {
  static override targets = ['menu', 'choice']
  static override values = { trigger: { type: String, default: '/' } }
  declare readonly hasMenuTarget: boolean
  declare readonly menuTarget: HTMLDetailsElement
  declare readonly choiceTargets: HTMLButtonElement[]
  declare readonly triggerValue: string

  override connect(): void {
    // Who works alone has nobody to call.
    if (this.hasMenuTarget) this.menuTarget.hidden = false
  }

  type(event: KeyboardEvent): void {
    const field = event.target as HTMLTextAreaElement
    if (event.key !== this.triggerValue || event.isComposing || this.choiceTargets.length === 0) return
    const before = field.value.slice(0, field.selectionStart)
    if (!(this.triggerValue === '/' ? /(?:^|\n)$/ : /(?:^|\s)$/).test(before)) return
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
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) this.#goTo(event.key, at)
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

  /** The next one after this that begins so. */
  #goTo(letter: string, at: number): void {
    const turned = [...this.choiceTargets.slice(at + 1), ...this.choiceTargets.slice(0, at + 1)]
    turned.find((choice) => choice.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus()
  }

  get #field(): HTMLTextAreaElement | null {
    return this.element.querySelector('textarea')
  }

  #close(): void {
    this.menuTarget.open = false
    this.#field?.focus()
  }
}
