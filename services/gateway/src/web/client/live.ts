/** The page follows what happens: one stream per browser tab, a refresh in place for what the page shows. */
import { Controller } from '@hotwired/stimulus'
import * as Turbo from '@hotwired/turbo'

interface Happened {
  subject?: string
  number?: number | null
  unread?: number
}

const KINDS = ['ticket', 'notification', 'counters', 'invoice', 'mail', 'presence', 'queue']
/** Events come in bursts (accepted, assigned, counted): one refresh serves them all. */
const SETTLE_MS = 120
/** A page is not refreshed more often than this, however much goes on. */
const AT_MOST_EVERY_MS = 1000

export class LiveController extends Controller<HTMLElement> {
  #stream: EventSource | undefined
  #timer: number | undefined
  #refreshedAt = 0
  #wasOpen = false

  override connect(): void {
    // A navigation moves this element into the new page: the stream goes on.
    if (this.#stream) return
    this.#wasOpen = false
    this.#stream = new EventSource('/api/v1/events')
    this.#stream.addEventListener('open', () => {
      // What happened while the line was cut is not sent again.
      if (this.#wasOpen) this.refreshSoon()
      this.#wasOpen = true
    })
    for (const kind of KINDS) {
      this.#stream.addEventListener(kind, (event) => this.hear(kind, event as MessageEvent<string>))
    }
  }

  override disconnect(): void {
    setTimeout(() => {
      if (this.element.isConnected) return
      this.#stream?.close()
      this.#stream = undefined
      clearTimeout(this.#timer)
      this.#timer = undefined
    })
  }

  private hear(kind: string, event: MessageEvent<string>): void {
    const data = JSON.parse(event.data) as Happened
    window.dispatchEvent(new CustomEvent(`live:${kind}`, { detail: data }))
    if (kind === 'counters' && typeof data.unread === 'number') {
      window.dispatchEvent(new CustomEvent('live:unread', { detail: data.unread }))
    }
    if (this.concerns(kind, data)) this.refreshSoon()
  }

  /** `<main data-live="ticket:1001 notification">` names what the page shows. */
  private concerns(kind: string, { number }: Happened): boolean {
    const watched = (document.querySelector<HTMLElement>('main')?.dataset['live'] ?? '').split(' ')
    return watched.includes(kind) || (number != null && watched.includes(`${kind}:${number}`))
  }

  private refreshSoon(): void {
    if (this.#timer !== undefined) return
    const wait = Math.max(SETTLE_MS, this.#refreshedAt + AT_MOST_EVERY_MS - Date.now())
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined
      // The page that is on its way may have been made before what we heard of.
      if (document.documentElement.ariaBusy === 'true') return this.refreshSoon()
      this.#refreshedAt = Date.now()
      // Without the fragment: the reader is where they have read to, not where their link led.
      Turbo.visit(location.pathname + location.search, { action: 'replace' })
    }, wait)
  }
}
