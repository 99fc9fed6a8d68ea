/** A `<details>` that is a menu: Escape and a click elsewhere close it, and focus goes back to what opened it. */
import { Controller } from '@hotwired/stimulus'

export class MenuController extends Controller<HTMLDetailsElement> {
  readonly #outside = (event: Event) => {
    if (event.target instanceof Node && !this.element.contains(event.target)) this.element.open = false
  }
  readonly #key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !this.element.open) return
    this.element.open = false
    this.element.querySelector('summary')?.focus()
    event.stopPropagation()
  }
  readonly #chosen = (event: Event) => {
    if (event.target instanceof Element && event.target.closest('a, button[type="submit"]')) {
      this.element.open = false
    }
  }

  override connect(): void {
    document.addEventListener('click', this.#outside)
    this.element.addEventListener('keydown', this.#key)
    this.element.addEventListener('click', this.#chosen)
  }

  override disconnect(): void {
    document.removeEventListener('click', this.#outside)
    this.element.removeEventListener('keydown', this.#key)
    this.element.removeEventListener('click', this.#chosen)
  }
}
