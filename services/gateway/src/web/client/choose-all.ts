/** One box that chooses all the others of its form. Without script it is not shown. */
import { Controller } from '@hotwired/stimulus'

export class ChooseAllController extends Controller<HTMLFormElement> {
  static override targets = ['all', 'one']
  declare readonly allTarget: HTMLInputElement
  declare readonly oneTargets: HTMLInputElement[]

  readonly #changed = (event: Event) => {
    if (event.target === this.allTarget)
      for (const one of this.oneTargets) one.checked = this.allTarget.checked
    this.show()
  }
  /** A form that was sent is emptied, by nobody's click. */
  readonly #emptied = () => queueMicrotask(() => this.show())

  override connect(): void {
    this.element.addEventListener('change', this.#changed)
    this.element.addEventListener('reset', this.#emptied)
    this.show()
  }

  override disconnect(): void {
    this.element.removeEventListener('change', this.#changed)
    this.element.removeEventListener('reset', this.#emptied)
  }

  private show(): void {
    const chosen = this.oneTargets.filter(({ checked }) => checked).length
    this.allTarget.checked = chosen > 0 && chosen === this.oneTargets.length
    this.allTarget.indeterminate = chosen > 0 && chosen < this.oneTargets.length
  }
}
