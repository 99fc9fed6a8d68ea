/** One of the two ways to write is shown at a time; without script both are there, one below the other. */
import { Controller } from '@hotwired/stimulus'

export class ComposerController extends Controller<HTMLElement> {
  static override targets = ['tabs', 'tab', 'form']
  declare readonly hasTabsTarget: boolean
  declare readonly tabsTarget: HTMLElement
  declare readonly tabTargets: HTMLElement[]
  declare readonly formTargets: HTMLFormElement[]

  override connect(): void {
    if (!this.hasTabsTarget) return
    this.tabsTarget.hidden = false
    // A note that was begun is what one comes back to.
    const begun = this.formTargets.find((form) => form.querySelector('textarea')?.value)
    this.show(begun?.dataset['kind'] ?? 'reply')
  }

  choose(event: Event): void {
    const { kind = 'reply' } = (event.currentTarget as HTMLElement).dataset
    this.show(kind)
    this.formTargets
      .find((form) => form.dataset['kind'] === kind)
      ?.querySelector('textarea')
      ?.focus()
  }

  private show(kind: string): void {
    for (const tab of this.tabTargets) tab.setAttribute('aria-pressed', String(tab.dataset['kind'] === kind))
    for (const form of this.formTargets) form.hidden = form.dataset['kind'] !== kind
  }
}
