/** The unread: on the bell and in the page's title, from the moment they change. */
import { Controller } from '@hotwired/stimulus'

export class CounterController extends Controller<HTMLElement> {
  static override targets = ['badge']
  declare readonly badgeTargets: HTMLElement[]
  readonly #changed = (event: Event) => this.show((event as CustomEvent<number>).detail)
  readonly #loaded = () => this.title(this.#unread)

  override connect(): void {
    window.addEventListener('live:unread', this.#changed)
    document.addEventListener('turbo:load', this.#loaded)
    document.addEventListener('turbo:render', this.#loaded)
    this.title(this.#unread)
  }

  override disconnect(): void {
    window.removeEventListener('live:unread', this.#changed)
    document.removeEventListener('turbo:load', this.#loaded)
    document.removeEventListener('turbo:render', this.#loaded)
  }

  private show(unread: number): void {
    for (const badge of this.badgeTargets) {
      badge.textContent = unread > 99 ? '99+' : String(unread)
      badge.hidden = unread === 0
      badge.dataset['count'] = String(unread)
    }
    this.title(unread)
  }

  private title(unread: number): void {
    const bare = document.title.replace(/^\(\d+\+?\) /, '')
    document.title = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ${bare}` : bare
  }

  get #unread(): number {
    return Number(this.badgeTargets[0]?.dataset['count'] ?? 0)
  }
}
