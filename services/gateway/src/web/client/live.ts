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
/** A navigation takes this element out and puts it into the new page: for so long it is not gone. */
const BETWEEN_PAGES_MS = 5000

export class LiveController extends Controller<HTMLElement> {
  #stream: EventSource | undefined
  #timer: number | undefined
  #gone: number | undefined
  #refreshedAt = 0
  /** Something was heard while a page was on its way, which may have been made before it. */
  #heardBetweenPages = false
  /** A form has its answer: what was held back for it is looked at again. */
  readonly #answered = () => {
    if (!this.#heardBetweenPages) return
    this.#heardBetweenPages = false
    this.refreshSoon()
  }
  /** Counts the pages that came: what was asked for before the newest is out of date. */
  #pages = 0
  readonly #arrived = () => {
    this.#pages += 1
    if (!this.#heardBetweenPages) return
    this.#heardBetweenPages = false
    this.refreshSoon()
  }

  override connect(): void {
    clearTimeout(this.#gone)
    document.addEventListener('turbo:load', this.#arrived)
    document.addEventListener('turbo:submit-end', this.#answered)
    if (this.#stream) return
    this.#stream = new EventSource('/api/v1/events')
    // The page was made before the stream was there, or the line was cut: what happened since is not sent again.
    this.#stream.addEventListener('open', () => {
      document.documentElement.dataset['live'] = 'open'
      window.dispatchEvent(new CustomEvent('live:open'))
      this.refreshSoon()
    })
    this.#stream.addEventListener('error', () => delete document.documentElement.dataset['live'])
    for (const kind of KINDS) {
      this.#stream.addEventListener(kind, (event) => this.hear(kind, event as MessageEvent<string>))
    }
  }

  override disconnect(): void {
    document.removeEventListener('turbo:load', this.#arrived)
    document.removeEventListener('turbo:submit-end', this.#answered)
    this.#gone = window.setTimeout(() => {
      this.#stream?.close()
      delete document.documentElement.dataset['live']
      this.#stream = undefined
      clearTimeout(this.#timer)
      this.#timer = undefined
    }, BETWEEN_PAGES_MS)
  }

  private hear(kind: string, event: MessageEvent<string>): void {
    const data = JSON.parse(event.data) as Happened
    window.dispatchEvent(new CustomEvent(`live:${kind}`, { detail: data }))
    if (kind === 'counters' && typeof data.unread === 'number') {
      window.dispatchEvent(new CustomEvent('live:unread', { detail: data.unread }))
    }
    if (isPageOnItsWay()) this.#heardBetweenPages = true
    else if (this.concerns(kind, data)) this.refreshSoon()
  }

  /** `<main data-live="ticket:1001 notification">` names what the page shows. */
  private concerns(kind: string, { number }: Happened): boolean {
    const watched = watchedByPage()
    return watched.includes(kind) || (number != null && watched.includes(`${kind}:${number}`))
  }

  private refreshSoon(): void {
    if (this.#timer !== undefined || watchedByPage().length === 0) return
    const wait = Math.max(SETTLE_MS, this.#refreshedAt + AT_MOST_EVERY_MS - Date.now())
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined
      // Another page came in between, which follows nothing.
      if (watchedByPage().length === 0) return
      if (isPageOnItsWay()) {
        this.#heardBetweenPages = true
        return
      }
      this.#refreshedAt = Date.now()
      void this.refresh()
    }, wait)
  }

  /**
   * Asks for the page again and morphs it. Never takes the page away: where the session has ended, or nothing answers,
   * the reader keeps what is before them, and is asked to sign in by their own next step.
   */
  private async refresh(): Promise<void> {
    // Without the fragment: the reader is where they have read to, not where their link led. It stays in the address.
    const path = location.pathname + location.search
    const { hash } = location
    const pages = this.#pages
    const answer = await fetch(path, { headers: { accept: 'text/html' } }).catch(() => undefined)
    if (!answer || answer.redirected) return
    const response = { statusCode: answer.status, redirected: false, responseHTML: await answer.text() }
    if (isPageOnItsWay()) this.#heardBetweenPages = true
    else if (pages !== this.#pages) this.refreshSoon()
    else {
      if (hash !== '') {
        const keep = () => history.replaceState(history.state, '', path + hash)
        document.addEventListener('turbo:load', keep, { once: true })
      }
      Turbo.visit(path, { action: 'replace', response } as Parameters<typeof Turbo.visit>[1])
    }
  }
}

/** Also while a form is being sent: a refresh would stop it, and the text would stay as if it had not been sent. */
function isPageOnItsWay(): boolean {
  return (
    document.documentElement.ariaBusy === 'true' || document.querySelector('form[aria-busy="true"]') !== null
  )
}

function watchedByPage(): string[] {
  const { live = '' } = document.querySelector<HTMLElement>('main')?.dataset ?? {}
  return live.split(' ').filter(Boolean)
}
