/**
 * What is what on the pages, for who hears them (ISO 32000-1, 14.7): a tree of elements whose leaves are marks on
 * pages and links.
 */
import { number, reference, textString } from './syntax.ts'

/** ISO 32000-1, 14.8.4: the standard structure types used here. */
export type Tag = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure' | 'Link'

export interface Attributes {
  scope?: 'Column' | 'Row'
  /** That a cell spans. */
  columns?: number
  alt?: string
  /** Left, bottom, right, top: in points from the page's lower left corner. */
  bbox?: [number, number, number, number]
}

interface Element {
  tag: Tag
  /** Its place in the list of all; the root's parent is none. */
  parent: number | undefined
  attributes: Attributes
  kids: Kid[]
}

type Kid = { element: number } | { page: number; mark: number } | { page: number; link: number }

/** The numbers of the objects that elements name. */
export interface Numbers {
  /** Of the first element; the others follow. */
  elements: number
  /** What the outermost hang on. */
  root: number
  pages: readonly number[]
  links: readonly number[]
}

export class Structure {
  #elements: Element[] = []
  #open: number[] = []
  /** By page, then by mark: whose it is. */
  #marks: number[][] = []
  #links: number[] = []

  open(tag: Tag, attributes: Attributes = {}): void {
    const element = this.#elements.length
    const parent = this.#open.at(-1)
    this.#elements.push({ tag, parent, attributes, kids: [] })
    if (parent !== undefined) this.#elements[parent]?.kids.push({ element })
    this.#open.push(element)
  }

  close(): void {
    this.#open.pop()
  }

  /** The open element gets content on a page. @throws Error outside of any element. */
  mark(page: number): { tag: Tag; mark: number } {
    const { at, element } = this.#current()
    const marks = (this.#marks[page] ??= [])
    const mark = marks.push(at) - 1
    element.kids.push({ page, mark })
    return { tag: element.tag, mark }
  }

  /** The open element is the next link. @throws Error outside of any element. */
  link(page: number): void {
    const { at, element } = this.#current()
    element.kids.push({ page, link: this.#links.push(at) - 1 })
  }

  #current() {
    const at = this.#open.at(-1)
    const element = at === undefined ? undefined : this.#elements[at]
    if (at === undefined || !element) throw new Error('something was written outside of any element')
    return { at, element }
  }

  get size(): number {
    return this.#elements.length
  }

  /** The elements' objects. */
  objects({ elements: first, root, pages, links }: Numbers): string[] {
    const kid = (own: Kid, page: number | undefined) => {
      if ('element' in own) return reference(first + own.element)
      const where = `/Pg ${reference(pages[own.page] ?? 0)}`
      if ('link' in own) return `<</Type /OBJR ${where} /Obj ${reference(links[own.link] ?? 0)}>>`
      return own.page === page ? String(own.mark) : `<</Type /MCR ${where} /MCID ${own.mark}>>`
    }
    return this.#elements.map(({ tag, parent, attributes, kids }) => {
      const page = kids.find((own) => 'mark' in own)?.page
      const above = reference(parent === undefined ? root : first + parent)
      const where = page === undefined ? '' : ` /Pg ${reference(pages[page] ?? 0)}`
      const said = attributesOf(attributes)
      return `<</S /${tag} /P ${above}${where}${said} /K [${kids.map((own) => kid(own, page)).join(' ')}]>>`
    })
  }

  /** Which element each page's marks (by the page's place) and each link (behind the pages) belong to. */
  parents({ elements: first, pages }: Numbers): string {
    const marks = pages.map((_, page) => {
      const own = this.#marks[page] ?? []
      return `${page} [${own.map((element) => reference(first + element)).join(' ')}]`
    })
    const links = this.#links.map((element, at) => `${pages.length + at} ${reference(first + element)}`)
    return `<</Nums [${[...marks, ...links].join('\n')}]>>`
  }
}

function attributesOf({ scope, columns, alt, bbox }: Attributes): string {
  const said: string[] = []
  if (alt !== undefined) said.push(` /Alt ${textString(alt)}`)
  if (bbox) said.push(` /A <</O /Layout /Placement /Block /BBox [${bbox.map(number).join(' ')}]>>`)
  if (scope || columns) {
    const span = columns ? ` /ColSpan ${columns}` : ''
    said.push(` /A <</O /Table${scope ? ` /Scope /${scope}` : ''}${span}>>`)
  }
  return said.join('')
}
