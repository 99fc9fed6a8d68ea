/** In the queue: which tickets a colleague is at. It only listens; being in the list is being at no ticket. */
import { Controller } from '@hotwired/stimulus'
import { Roster, SAID_AGAIN_MS, type Said } from './roster.ts'

export class QueuePresenceController extends Controller<HTMLElement> {
  static override values = { me: String, viewing: String, answering: String }
  declare readonly meValue: string
  declare readonly viewingValue: string
  declare readonly answeringValue: string
  readonly #rosters = new Map<number, Roster>()
  #look: number | undefined
  readonly #heard = (event: Event) => this.hear((event as CustomEvent<Said>).detail)

  override connect(): void {
    window.addEventListener('live:presence', this.#heard)
    this.#look = window.setInterval(() => {
      for (const number of this.#rosters.keys()) this.#show(number)
    }, SAID_AGAIN_MS)
  }

  override disconnect(): void {
    window.removeEventListener('live:presence', this.#heard)
    clearInterval(this.#look)
  }

  private hear(said: Said): void {
    if (said.person.id === this.meValue) return
    const roster = this.#rosters.get(said.number) ?? new Roster()
    this.#rosters.set(said.number, roster)
    roster.hear(said)
    this.#show(said.number)
  }

  #show(number: number): void {
    const place = this.element.querySelector<HTMLElement>(`#there-${number}`)
    if (place)
      this.#rosters.get(number)?.show(place, { viewing: this.viewingValue, answering: this.answeringValue })
  }
}
