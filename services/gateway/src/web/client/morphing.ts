/** A live refresh replaces what the server changed and nothing that the reader is doing. */

/** What a reader opened, chose or typed is theirs: the server's copy of the page does not know of it. */
const READERS_OWN = new Set(['open', 'value', 'checked', 'aria-expanded'])

/** Forms that did their work: what is typed in them was taken, and the server's copy of the page is newer. */
const sent = new Set<HTMLFormElement>()

export function keepWhatIsTyped(): void {
  document.addEventListener('turbo:submit-end', (event) => {
    const { success } = (event as CustomEvent<{ success?: boolean }>).detail
    const form = event.target
    if (!(form instanceof HTMLFormElement) || success !== true || form.method !== 'post') return
    form.reset()
    sent.add(form)
  })
  document.addEventListener('turbo:load', () => sent.clear())
  document.addEventListener('turbo:before-morph-attribute', (event) => {
    const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail
    // A hidden field is the server's: no reader types in it.
    if (READERS_OWN.has(attributeName) && !isHidden(event.target) && !isOfSentForm(event.target))
      event.preventDefault()
  })
  document.addEventListener('turbo:before-morph-element', (event) => {
    const element = event.target
    if (!(element instanceof HTMLElement)) return
    const { newElement } = (event as CustomEvent<{ newElement?: Element }>).detail
    // A dialog is the reader's, open or on its way. What was said a moment ago stays until something newer is said.
    const isStillSaid = element.id === 'toasts' && newElement?.childElementCount === 0
    if (isStillSaid || element.matches('dialog, [data-keep]') || isBeingTypedIn(element))
      event.preventDefault()
  })
}

function isOfSentForm(element: EventTarget | null): boolean {
  const form = element instanceof Element ? element.closest('form') : null
  return form !== null && sent.has(form)
}

function isHidden(element: EventTarget | null): boolean {
  return element instanceof HTMLInputElement && element.type === 'hidden'
}

/** Another choice than the page came with, or one at hand. Where the page names none, the first one counts. */
function isChosenAnew(field: HTMLSelectElement): boolean {
  const options = [...field.options]
  const given = options.findIndex(({ defaultSelected }) => defaultSelected)
  return field === document.activeElement || field.selectedIndex !== Math.max(given, 0)
}

/** A form with something typed or chosen in it stays as it is until it is sent. */
function isBeingTypedIn(element: HTMLElement): boolean {
  if (!(element instanceof HTMLFormElement)) return false
  return [...element.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
    if (field instanceof HTMLSelectElement) return isChosenAnew(field)
    if (!(field instanceof HTMLInputElement)) return field === document.activeElement
    if (field.type === 'hidden') return false
    if (field.type === 'file') return (field.files?.length ?? 0) > 0
    // A box is ticked, not typed in: without a value of its own its value is `on`, and by default it has none.
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
    return field.value !== field.defaultValue
  })
}
