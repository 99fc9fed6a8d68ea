/** Several files: chosen, dropped or pasted; each is shown and can be taken back; the way up is shown while it lasts. */
import { Controller } from '@hotwired/stimulus'

export class FilesController extends Controller<HTMLElement> {
  static override targets = ['input', 'list']
  static override values = { remove: String, pasted: String }
  declare readonly inputTarget: HTMLInputElement
  declare readonly listTarget: HTMLElement
  declare readonly removeValue: string
  declare readonly pastedValue: string
  /** What is attached, over several choices; the input alone would forget the former one. */
  #files: File[] = []
  readonly #paste = (event: ClipboardEvent) => this.paste(event)
  readonly #reset = () => this.keep([])

  override connect(): void {
    this.#form?.addEventListener('paste', this.#paste)
    this.#form?.addEventListener('reset', this.#reset)
    this.element.classList.add('ready')
  }

  override disconnect(): void {
    this.#form?.removeEventListener('paste', this.#paste)
    this.#form?.removeEventListener('reset', this.#reset)
  }

  choose(): void {
    this.keep([...this.#files, ...(this.inputTarget.files ?? [])])
  }

  over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.element.classList.add('over')
  }

  leave(): void {
    this.element.classList.remove('over')
  }

  drop(event: DragEvent): void {
    this.leave()
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    this.keep([...this.#files, ...files])
  }

  private paste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    // Cells copied from a table program come as text and as a picture of it: into a field goes the text.
    if (event.target instanceof HTMLTextAreaElement && event.clipboardData?.getData('text/plain')) return
    event.preventDefault()
    // Every browser calls a pasted picture image.png.
    const stamp = new Date().toLocaleTimeString('fr-BE').replaceAll(':', '-')
    const named = files.map((file) =>
      file.name === 'image.png'
        ? new File([file], `${this.pastedValue} ${stamp}.png`, { type: file.type })
        : file,
    )
    this.keep([...this.#files, ...named])
  }

  private keep(files: File[]): void {
    this.#files = files.filter(
      (file, at) => files.findIndex((other) => other.name === file.name && other.size === file.size) === at,
    )
    const all = new DataTransfer()
    for (const file of this.#files) all.items.add(file)
    this.inputTarget.files = all.files
    this.listTarget.replaceChildren(...this.#files.map((file) => this.#row(file)))
  }

  #row(file: File): HTMLLIElement {
    const row = document.createElement('li')
    const name = document.createElement('span')
    name.textContent = file.name
    const size = document.createElement('small')
    size.textContent = readableSize(file.size)
    const remove = document.createElement('button')
    remove.type = 'button'
    remove.className = 'icon-button'
    remove.textContent = '×'
    remove.setAttribute('aria-label', `${this.removeValue} ${file.name}`)
    remove.addEventListener('click', () => {
      this.keep(this.#files.filter((other) => other !== file))
      this.inputTarget.focus()
    })
    row.append(name, size, remove)
    return row
  }

  get #form(): HTMLFormElement | null {
    return this.element.closest('form')
  }
}

function readableSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KiB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
