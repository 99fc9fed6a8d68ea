/**
 * Paper to write on: A4 pages with margins, a cursor that moves down, page breaks that somebody decides, and the
 * structure that reading aloud needs (PDF/UA): everything written is in an element or is decoration.
 */
import type PDFDocument from 'pdfkit'
import { fonts } from './fonts.ts'
import { printable, widthOf, wrapped, type Face } from './type-setting.ts'

export const PAGE = { width: 595.28, height: 841.89 }
export const MARGIN = { left: 51, right: 51, top: 48, bottom: 66 }
export const LEFT = MARGIN.left
export const RIGHT = PAGE.width - MARGIN.right
export const WIDTH = RIGHT - LEFT
export const BOTTOM = PAGE.height - MARGIN.bottom

export const INK = { text: '#16202b', quiet: '#5a6572', line: '#d8dde3', faint: '#f4f6f8', accent: '#1f4e79' }
export const SIZE = { title: 25, name: 15, heading: 11, normal: 9.5, small: 8 }
const LEADING = 1.28

export interface Style {
  size?: number
  bold?: boolean
  color?: string
  align?: 'left' | 'right'
}

/** ISO 32000-1, 14.8.4: the standard structure types used here. */
export type Tag = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure' | 'Link'

interface Attributes {
  scope?: 'Column' | 'Row'
  columns?: number
  alt?: string
  bbox?: [number, number, number, number]
}

export type Doc = InstanceType<typeof PDFDocument>
type Element = ReturnType<Doc['struct']>

export class Sheet {
  readonly doc: Doc
  y = MARGIN.top
  /** Called on every new page but the first: repeated headers, which are decoration to who hears them. */
  onNewPage: () => void = () => {}
  #open: { tag: Tag; element: Element }[] = []
  #decorating = false

  constructor(doc: Doc) {
    this.doc = doc
    // pdfkit takes a parsed font too (font_factory.js), which its types do not say.
    const { regular, bold } = fonts() as unknown as Record<'regular' | 'bold', Buffer>
    doc.registerFont('regular', regular).registerFont('bold', bold)
    doc.font('regular')
  }

  /** What is written meanwhile belongs to such an element, read in this order. */
  element<T>(tag: Tag, draw: () => T, { scope, columns, alt, bbox }: Attributes = {}): T {
    if (this.#decorating) return draw()
    const element = this.doc.struct(tag, {
      ...(alt !== undefined && { alt }),
      ...(bbox && { bbox }),
    })
    // pdfkit has no word for a cell that spans columns: its attributes are given whole.
    if (scope || columns) {
      const { dictionary } = element as unknown as { dictionary: { data: Record<string, unknown> } }
      dictionary.data['A'] = {
        O: 'Table',
        ...(scope && { Scope: scope }),
        ...(columns && { ColSpan: columns }),
      }
    }
    const parent = this.#open.at(-1)
    if (parent) parent.element.add(element)
    else this.doc.addStructure(element)
    this.#open.push({ tag, element })
    try {
      return draw()
    } finally {
      this.#open.pop()
      element.end()
    }
  }

  /** What is drawn meanwhile says nothing: lines, grounds, what every page repeats. */
  decoration<T>(draw: () => T): T {
    if (this.#decorating) return draw()
    this.doc.markContent('Artifact', { type: 'Pagination' })
    this.#decorating = true
    try {
      return draw()
    } finally {
      this.#decorating = false
      this.doc.endMarkedContent()
    }
  }

  /** Content of the element that is open. */
  content(draw: () => void): void {
    if (this.#decorating) return draw()
    const open = this.#open.at(-1)
    if (!open) throw new Error('something was written outside of any element')
    const content = this.doc.markStructureContent(open.tag)
    draw()
    this.doc.endMarkedContent()
    open.element.add(content)
  }

  /** True when a new page was begun. */
  need(height: number): boolean {
    if (this.y + height <= BOTTOM) return false
    this.newPage()
    return true
  }

  newPage(): void {
    this.doc.addPage()
    this.y = MARGIN.top
    this.decoration(() => this.onNewPage())
  }

  lines(text: string, width: number, style: Style = {}): string[] {
    return text === '' ? [] : wrapped(printable(text), width, faceOf(style))
  }

  lineHeight({ size = SIZE.normal }: Style = {}): number {
    return size * LEADING
  }

  /** The words lead to a place: the element that is open gets a link around them. Returns the height. */
  link(text: string, url: string, x: number, y: number, width: number, style: Style = {}): number {
    if (this.#decorating) return this.write(text, x, y, width, style)
    return this.element('Link', () => {
      const height = this.write(text, x, y, width, style)
      const structParent = this.#open.at(-1)?.element
      // PDF/UA-1, 7.18.5: a link says in its own dictionary what it is.
      const says = { structParent, Contents: new String(text) as string }
      this.doc.link(x, y, Math.min(this.widthOf(text, style), width), height, url, says)
      return height
    })
  }

  /** Height of the text in this width. */
  measure(text: string, width: number, style: Style = {}): number {
    return this.lines(text, width, style).length * this.lineHeight(style)
  }

  widthOf(text: string, style: Style = {}): number {
    return widthOf(printable(text), faceOf(style))
  }

  /** Writes into the open element without moving the cursor; returns the height. */
  write(text: string, x: number, y: number, width: number, style: Style = {}): number {
    return this.writeLines(this.lines(text, width, style), x, y, width, style)
  }

  writeLines(lines: readonly string[], x: number, y: number, width: number, style: Style = {}): number {
    if (lines.length === 0) return 0
    const face = faceOf(style)
    const step = this.lineHeight(style)
    this.content(() => {
      this.doc
        .font(face.bold ? 'bold' : 'regular')
        .fontSize(face.size)
        .fillColor(style.color ?? INK.text)
      for (const [at, line] of lines.entries()) {
        const indent = style.align === 'right' ? width - widthOf(line, face) : 0
        if (line !== '') this.doc.text(line, x + indent, y + at * step, { lineBreak: false })
      }
    })
    return lines.length * step
  }

  /** A paragraph (or other element) of its own. */
  say(tag: Tag, text: string, x: number, y: number, width: number, style: Style = {}): number {
    if (text === '') return 0
    return this.element(tag, () => this.write(text, x, y, width, style))
  }

  rule(y = this.y, from = LEFT, to = RIGHT, color = INK.line, width = 0.6): void {
    this.decoration(() => {
      this.doc.moveTo(from, y).lineTo(to, y).lineWidth(width).strokeColor(color).stroke()
    })
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    this.decoration(() => {
      this.doc.rect(x, y, width, height).fill(color)
    })
  }
}

function faceOf({ size = SIZE.normal, bold = false }: Style): Face {
  return { size, bold }
}
