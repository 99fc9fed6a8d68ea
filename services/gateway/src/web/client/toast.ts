/** What was just done, said once, with its undo; it stays while it is pointed at or focused. */
import { Controller } from '@hotwired/stimulus'

const SHOWN_MS = 8000

export class ToastController extends Controller<HTMLElement> {
  #timer: number | undefined

  override connect(): void {
    this.resume()
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
