/** "Anne répond": who else has this ticket before them, and what they do with it. Said again while it lasts. */
import { Controller } from '@hotwired/stimulus'

type Doing = 'viewing' | 'answering' | 'gone'
interface Said {
  number: number
  person: { id: string; name: string }
  doing: Doing
}

const SAID_AGAIN_MS = 20_000
/** Whoever was not heard for so long has gone without saying so. */
const FORGOTTEN_MS = 45_000
/** Somebody who paused in writing is still writing. */
const STILL_ANSWERING_MS = 30_000

export class PresenceController extends Controller<HTMLElement> {
  static override values = { number: Number, me: String, viewing: String, answering: String }
  declare readonly numberValue: number
  declare readonly meValue: string
  declare readonly viewingValue: string
  declare readonly answeringValue: string
  readonly #others = new Map<string, { name: string; doing: Doing; heardAt: number }>()
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

  private hear({ number, person, doing }: Said): void {
    if (number !== this.numberValue || person.id === this.meValue) return
    const isNew = !this.#others.has(person.id)
    if (doing === 'gone') this.#others.delete(person.id)
    else this.#others.set(person.id, { name: person.name, doing, heardAt: Date.now() })
    // Who has just come does not know yet that one is here.
    if (isNew && doing !== 'gone') this.say(this.doing)
    this.show()
  }

  private show(): void {
    const since = Date.now() - FORGOTTEN_MS
    for (const [id, { heardAt }] of this.#others) if (heardAt < since) this.#others.delete(id)
    const words = { viewing: this.viewingValue, answering: this.answeringValue, gone: '' }
    const said = [...this.#others.values()].map(({ name, doing }) => words[doing].replace('{{name}}', name))
    this.element.textContent = said.join(' · ')
    this.element.hidden = said.length === 0
    this.element.classList.toggle(
      'answering',
      [...this.#others.values()].some(({ doing }) => doing === 'answering'),
    )
  }
}
