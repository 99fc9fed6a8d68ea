/** Half-typed text survives navigation, reload, another's change and a session that ends; it goes when it was sent. */
import { Controller } from '@hotwired/stimulus'
import { kept } from './reader.ts'

type Draft = Record<string, string>
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const COME_IN_FIRST = ['/sign-in', '/account/second-factor']

export class DraftController extends Controller<HTMLFormElement> {
  static override values = { key: String }
  static override targets = ['state']
  declare readonly keyValue: string
  declare readonly hasStateTarget: boolean
  declare readonly stateTarget: HTMLElement

  readonly #save = () => this.save()
  readonly #sent = (event: Event) => this.sent(event as CustomEvent<{ success: boolean }>)

  override connect(): void {
    this.element.addEventListener('input', this.#save)
    this.element.addEventListener('change', this.#save)
    this.element.addEventListener('turbo:submit-end', this.#sent)
    this.restore()
  }

  override disconnect(): void {
    this.element.removeEventListener('input', this.#save)
    this.element.removeEventListener('change', this.#save)
    this.element.removeEventListener('turbo:submit-end', this.#sent)
  }

  /** Forgets what was typed, e.g. by a button that says so. */
  discard(): void {
    kept.write(this.#key, null)
    this.element.reset()
    this.#say('')
    this.element.dispatchEvent(new CustomEvent('draft:restored', { bubbles: true }))
  }

  private restore(): void {
    const text = kept.read(this.#key)
    if (text === null) return
    const draft = JSON.parse(text) as Draft
    let restored = false
    for (const field of this.#fields()) {
      const value = draft[field.name]
      // A form that came back with a fault is filled by the server, which is newer.
      if (value === undefined || field.value === value || field.hasAttribute('aria-invalid')) continue
      field.value = value
      restored = true
    }
    if (!restored) return
    if (this.hasStateTarget) this.#say(this.stateTarget.dataset['restored'] ?? '')
    this.element.dispatchEvent(new CustomEvent('draft:restored', { bubbles: true }))
  }

  private save(): void {
    const draft: Draft = {}
    for (const field of this.#fields()) {
      const initial = field instanceof HTMLSelectElement ? initialChoice(field) : field.defaultValue
      if (field.value !== initial) draft[field.name] = field.value
    }
    const something = Object.values(draft).some((value) => value.trim() !== '')
    const isKept = kept.write(this.#key, something ? JSON.stringify(draft) : null)
    if (this.hasStateTarget && something && isKept) this.#say(this.stateTarget.dataset['kept'] ?? '')
    else this.#say('')
  }

  /** A redirect to where one must come in first is an answer too, but nothing was sent then. */
  private sent(event: CustomEvent<{ success: boolean; fetchResponse?: { response: Response } }>): void {
    const { success, fetchResponse } = event.detail
    const landed = fetchResponse ? new URL(fetchResponse.response.url).pathname : ''
    if (!success || COME_IN_FIRST.includes(landed) || event.target !== this.element) return
    kept.write(this.#key, null)
    this.element.reset()
    this.#say('')
  }

  #fields(): Field[] {
    return [...this.element.elements].filter(
      (field): field is Field =>
        (field instanceof HTMLTextAreaElement ||
          field instanceof HTMLSelectElement ||
          (field instanceof HTMLInputElement &&
            !['hidden', 'file', 'password', 'submit', 'checkbox', 'radio'].includes(field.type))) &&
        field.name !== '',
    )
  }

  #say(text: string): void {
    if (this.hasStateTarget) this.stateTarget.textContent = text
  }

  get #key(): string {
    return `draft/${this.keyValue}`
  }
}

function initialChoice(select: HTMLSelectElement): string {
  return [...select.options].find((option) => option.defaultSelected)?.value ?? select.options[0]?.value ?? ''
}
