/** "Anne répond": who else has this ticket before them, and what they do with it. Said again while it lasts. */
import { Controller } from '@hotwired/stimulus'
import { Roster, SAID_AGAIN_MS, type Doing, type Said } from './roster.ts'

/** Somebody who paused in writing is still writing. */
const STILL_ANSWERING_MS = 30_000

export class PresenceController extends Controller<HTMLElement> {
  static override values = { number: Number, me: String, viewing: String, answering: String }
  declare readonly numberValue: number
  declare readonly meValue: string
  declare readonly viewingValue: string
  declare readonly answeringValue: string
  readonly #others = new Roster()
  #typedAt = 0
  #beat: number | undefined
  readonly #heard = (event: Event) => this.hear((event as CustomEvent<Said>).detail)
  readonly #typed = (event: Event) => this.type(event)
  readonly #leaving = () => this.say('gone')
  /** Said when the answers can be heard: those who are here say so to whoever is new. */
  readonly #arrived = () => this.say(this.doing)

  override connect(): void {
    window.addEventListener('live:presence', this.#heard)
    window.addEventListener('pagehide', this.#leaving)
    window.addEventListener('live:open', this.#arrived)
    document.addEventListener('input', this.#typed)
    this.#beat = window.setInterval(() => {
      this.say(this.doing)
      this.show()
    }, SAID_AGAIN_MS)
    if (document.documentElement.dataset['live'] === 'open') this.#arrived()
  }

  override disconnect(): void {
    window.removeEventListener('live:presence', this.#heard)
    window.removeEventListener('pagehide', this.#leaving)
    window.removeEventListener('live:open', this.#arrived)
    document.removeEventListener('input', this.#typed)
    clearInterval(this.#beat)
    this.say('gone')
  }

  private get doing(): Doing {
    return Date.now() - this.#typedAt < STILL_ANSWERING_MS ? 'answering' : 'viewing'
  }

  private say(doing: Doing): void {
    void fetch(`/api/v1/tickets/${this.numberValue}/presence`, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ doing }),
    }).catch(() => undefined)
  }

  private type(event: Event): void {
    const form = (event.target as HTMLElement).closest('form')
    if (!form?.matches(`#reply-${this.numberValue}, #note-${this.numberValue}`)) return
    const began = this.doing !== 'answering'
    this.#typedAt = Date.now()
    if (began) this.say('answering')
  }

  private hear(said: Said): void {
    if (said.number !== this.numberValue || said.person.id === this.meValue) return
    // Who has just come does not know yet that one is here.
    if (this.#others.hear(said)) this.say(this.doing)
    this.show()
  }

  private show(): void {
    this.#others.show(this.element, { viewing: this.viewingValue, answering: this.answeringValue })
  }
}
