/** What was just done, said once, with its undo; it stays while it is pointed at or focused, and over live refreshes. */
import { Controller } from '@hotwired/stimulus'

const SHOWN_MS = 8000

export class ToastController extends Controller<HTMLElement> {
  #timer: number | undefined

  override connect(): void {
    // A page that comes back from the browser's history says nothing again.
    const since = Number((this.element.dataset['since'] ??= String(Date.now())))
    if (Date.now() - since > SHOWN_MS) this.element.remove()
    else this.resume()
  }

  override disconnect(): void {
    clearTimeout(this.#timer)
  }

  pause(): void {
    clearTimeout(this.#timer)
  }

  resume(): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.element.remove(), SHOWN_MS)
  }

  dismiss(): void {
    this.element.remove()
  }
}
