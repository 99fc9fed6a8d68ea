/** Logging time: a clock that runs through reloads and other tabs, and what it will cost while it is typed. */
import { Controller } from '@hotwired/stimulus'
import { kept } from './reader.ts'

const SETTLE_MS = 300
const TICK_MS = 15_000

export class TimeController extends Controller<HTMLFormElement> {
  static override values = { number: Number, start: String, stop: String }
  static override targets = ['clock', 'minutes', 'started', 'preview']
  declare readonly numberValue: number
  declare readonly startValue: string
  declare readonly stopValue: string
  declare readonly clockTarget: HTMLButtonElement
  declare readonly minutesTarget: HTMLInputElement
  declare readonly startedTarget: HTMLInputElement
  declare readonly previewTarget: HTMLElement
  #settle: number | undefined
  #tick: number | undefined
  readonly #storage = () => this.#show()
  /** Saved: what is typed next costs anew. */
  readonly #sent = () => this.preview()

  override connect(): void {
    this.clockTarget.hidden = false
    this.element.addEventListener('turbo:submit-end', this.#sent)
    this.#tick = window.setInterval(() => this.#show(), TICK_MS)
    window.addEventListener('storage', this.#storage)
    this.#show()
    this.preview()
  }

  override disconnect(): void {
    clearInterval(this.#tick)
    clearTimeout(this.#settle)
    window.removeEventListener('storage', this.#storage)
    this.element.removeEventListener('turbo:submit-end', this.#sent)
  }

  toggle(): void {
    const since = this.#since
    if (since === undefined) kept.write(this.#key, new Date().toISOString())
    else {
      kept.write(this.#key, null)
      // By the clock on this desk; what stands there already was typed, or began before.
      if (this.startedTarget.value === '') this.startedTarget.value = timeOfDay(new Date(since))
      // What is there already was typed, or measured before.
      this.minutesTarget.value = String(Number(this.minutesTarget.value || 0) + minutesSince(since))
      this.minutesTarget.dispatchEvent(new Event('input', { bubbles: true }))
    }
    this.#show()
  }

  preview(): void {
    clearTimeout(this.#settle)
    this.#settle = window.setTimeout(() => {
      const query = new URLSearchParams()
      for (const [name, value] of new FormData(this.element))
        if (typeof value === 'string') query.set(name, value)
      this.previewTarget.setAttribute('src', `/tickets/${this.numberValue}/time-preview?${query}`)
    }, SETTLE_MS)
  }

  get #key(): string {
    return `clock-${this.numberValue}`
  }

  get #since(): string | undefined {
    return kept.read(this.#key) ?? undefined
  }

  #show(): void {
    const since = this.#since
    this.clockTarget.setAttribute('aria-pressed', String(since !== undefined))
    this.clockTarget.textContent =
      since === undefined ? this.startValue : `${this.stopValue} · ${minutesSince(since)} min`
  }
}

const timeOfDay = (at: Date): string =>
  [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')

/** A minute that was begun counts. */
function minutesSince(iso: string): number {
  return Math.max(1, Math.ceil((Date.now() - Date.parse(iso)) / 60_000))
}
