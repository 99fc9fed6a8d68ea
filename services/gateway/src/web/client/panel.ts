/**
 * The side panel: a link with `data-turbo-frame="panel"` opens its page there; what its form leads to takes the whole
 * page. Without script the same link opens the same page, whole.
 */
import { Controller } from '@hotwired/stimulus'
import * as Turbo from '@hotwired/turbo'

interface SubmitEnd {
  success: boolean
  fetchResponse?: { response: Response; responseHTML: Promise<string> }
}

export class PanelController extends Controller<HTMLDialogElement> {
  static override targets = ['frame']
  declare readonly frameTarget: HTMLElement
  #opener: HTMLElement | null = null
  readonly #clicked = (event: Event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-turbo-frame="panel"]') : null
    if (link instanceof HTMLElement) this.#opener = link
  }

  override connect(): void {
    document.addEventListener('click', this.#clicked, true)
    document.addEventListener('turbo:before-render', this.#leave)
    // Out of the browser's history it comes back open, over nothing.
    if (this.element.open && !this.element.matches(':modal')) this.#hide()
  }

  override disconnect(): void {
    document.removeEventListener('click', this.#clicked, true)
    document.removeEventListener('turbo:before-render', this.#leave)
  }

  loaded(): void {
    if (this.frameTarget.childElementCount === 0) return
    if (!this.element.open) this.element.showModal()
    this.frameTarget.querySelector<HTMLElement>('[autofocus], input:not([type=hidden]), textarea')?.focus()
  }

  async sent(event: CustomEvent<SubmitEnd>): Promise<void> {
    const { success, fetchResponse } = event.detail
    if (!success || !fetchResponse?.response.redirected) return
    const { status, url } = fetchResponse.response
    // What came with the answer is shown as it is: asked for again, it would not say again what was done.
    const response = { statusCode: status, redirected: true, responseHTML: await fetchResponse.responseHTML }
    this.close()
    Turbo.visit(url, { response } as Parameters<typeof Turbo.visit>[1])
  }

  /** The page behind its link is not made for the panel (an ended session's sign-in): it takes the whole page. */
  missing(event: CustomEvent<{ visit: (response: Response) => void; response: Response }>): void {
    event.preventDefault()
    this.close()
    Turbo.visit(event.detail.response.url)
  }

  close(): void {
    this.element.close()
  }

  /** By the cross, Escape or the backdrop: focus goes back to what opened it. */
  closed(): void {
    this.#hide()
    this.#opener?.focus()
  }

  backdrop(event: MouseEvent): void {
    if (event.target === this.element) this.close()
  }

  /** Another page takes its place; a live refresh of this one leaves it open. */
  readonly #leave = (event: Event) => {
    if ((event as CustomEvent<{ renderMethod: string }>).detail.renderMethod !== 'morph') this.#hide()
  }

  readonly #hide = () => {
    if (this.element.open) this.element.close()
    this.frameTarget.removeAttribute('src')
    this.frameTarget.replaceChildren()
  }
}
