/** Tabs of the open tickets. Closing one closes nothing but the tab; none is ever thrown away to make room. */
import { Controller } from '@hotwired/stimulus'
import * as Turbo from '@hotwired/turbo'
import { kept, ownKey } from './reader.ts'

interface Tab {
  number: number
  subject: string
}

export class TabsController extends Controller<HTMLElement> {
  static override targets = ['list']
  static override values = { close: String }
  declare readonly listTarget: HTMLElement
  declare readonly closeValue: string
  readonly #loaded = () => this.show()
  readonly #elsewhere = (event: StorageEvent) => {
    if (event.key === ownKey('tabs')) this.show()
  }

  override connect(): void {
    document.addEventListener('turbo:load', this.#loaded)
    document.addEventListener('turbo:render', this.#loaded)
    window.addEventListener('storage', this.#elsewhere)
    this.show()
  }

  override disconnect(): void {
    document.removeEventListener('turbo:load', this.#loaded)
    document.removeEventListener('turbo:render', this.#loaded)
    window.removeEventListener('storage', this.#elsewhere)
  }

  private show(): void {
    const current = currentTicket()
    let tabs = this.#tabs
    const missing = missingTicket()
    if (missing !== undefined && tabs.some(({ number }) => number === missing)) {
      tabs = tabs.filter(({ number }) => number !== missing)
      kept.write('tabs', JSON.stringify(tabs))
    }
    if (current) {
      const known = tabs.find(({ number }) => number === current.number)
      if (!known) tabs = [...tabs, current]
      else if (known.subject !== current.subject) {
        tabs = tabs.map((tab) => (tab.number === current.number ? current : tab))
      }
      if (tabs !== this.#tabs) kept.write('tabs', JSON.stringify(tabs))
    }
    this.element.classList.toggle('empty', tabs.length === 0)
    this.listTarget.replaceChildren(...tabs.map((tab) => this.#item(tab, tab.number === current?.number)))
    this.listTarget.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  private close(number: number): void {
    const tabs = this.#tabs
    const at = tabs.findIndex((tab) => tab.number === number)
    const left = tabs.filter((tab) => tab.number !== number)
    kept.write('tabs', JSON.stringify(left))
    if (currentTicket()?.number === number) {
      Turbo.visit('/tickets')
      return
    }
    this.show()
    const next = this.listTarget.querySelectorAll('button')[Math.min(at, left.length - 1)]
    next?.focus()
  }

  #item({ number, subject }: Tab, isCurrent: boolean): HTMLLIElement {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = `/tickets/${number}`
    link.title = `#${number} ${subject}`
    const figure = document.createElement('span')
    figure.className = 'figure'
    figure.textContent = `#${number}`
    link.append(figure, ` ${subject}`)
    if (isCurrent) link.setAttribute('aria-current', 'page')
    const cross = document.createElement('button')
    cross.type = 'button'
    cross.textContent = '×'
    cross.setAttribute('aria-label', `${this.closeValue} #${number}`)
    cross.addEventListener('click', () => this.close(number))
    item.append(link, cross)
    return item
  }

  get #tabs(): Tab[] {
    return JSON.parse(kept.read('tabs') ?? '[]') as Tab[]
  }
}

/** The number of a ticket's page that is not there, or no longer theirs to see: a tab would only keep what it was called. */
function missingTicket(): number | undefined {
  if (document.querySelector<HTMLElement>('main')?.dataset['missing'] === undefined) return undefined
  const number = /^\/tickets\/(\d+)$/.exec(location.pathname)?.[1]
  return number === undefined ? undefined : Number(number)
}

/** `<main data-ticket="1001" data-subject="…">` on a ticket's page. */
function currentTicket(): Tab | undefined {
  const { ticket, subject } = document.querySelector<HTMLElement>('main')?.dataset ?? {}
  return ticket ? { number: Number(ticket), subject: subject ?? '' } : undefined
}
