/** Who is at something, as far as was heard: each says so again while it lasts, and is forgotten when they do not. */

export type Doing = 'viewing' | 'answering' | 'gone'

/** What is heard of a ticket (`presence` on the event stream). */
export interface Said {
  number: number
  person: { id: string; name: string }
  doing: Doing
}

/** Said again this often… */
export const SAID_AGAIN_MS = 20_000
/** …so that whoever was not heard for so long has gone without saying so. */
const FORGOTTEN_MS = 45_000

export class Roster {
  readonly #others = new Map<string, { name: string; doing: Doing; heardAt: number }>()

  /** True for somebody who was not here. */
  hear({ person, doing }: Said): boolean {
    const isNew = doing !== 'gone' && !this.#others.has(person.id)
    if (doing === 'gone') this.#others.delete(person.id)
    else this.#others.set(person.id, { name: person.name, doing, heardAt: Date.now() })
    return isNew
  }

  /** Shows them in the element, in these words (`{{name}}`), or hides it. */
  show(element: HTMLElement, words: { viewing: string; answering: string }): void {
    const since = Date.now() - FORGOTTEN_MS
    for (const [id, { heardAt }] of this.#others) if (heardAt < since) this.#others.delete(id)
    const here = [...this.#others.values()]
    element.textContent = here
      .map(({ name, doing }) =>
        (doing === 'answering' ? words.answering : words.viewing).replace('{{name}}', name),
      )
      .join(' · ')
    element.hidden = here.length === 0
    element.classList.toggle(
      'answering',
      here.some(({ doing }) => doing === 'answering'),
    )
  }
}
