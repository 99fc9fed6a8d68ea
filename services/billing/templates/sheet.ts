/**
 * Paper to write on: A4 pages with margins, a cursor that moves down, page breaks that somebody decides, and the
 * structure that reading aloud needs (PDF/UA): everything written is in an element or is decoration.
 */
import { PAGE, type PdfFile } from './pdf/pdf-file.ts'
import type { Attributes, Tag } from './pdf/structure.ts'
import { printable, weightOf, widthOf, wrapped, type Face, type Line } from './type-setting.ts'

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

export class Sheet {
  y = MARGIN.top
  /** Called on every new page but the first: repeated headers, which are decoration to who hears them. */
  onNewPage: () => void = () => {}
  readonly #file: PdfFile
  #page: number
  #decorating = false

  constructor(file: PdfFile) {
    this.#file = file
    this.#page = file.addPage()
  }

  /** The page that is written on: the first is 0. */
  get page(): number {
    return this.#page
  }

  get pageCount(): number {
    return this.#file.pageCount
  }

  /** Written on from now on; the cursor stays at its height. */
  turnTo(page: number): void {
    this.#page = page
  }

  get #content() {
    return this.#file.content(this.#page)
  }

  /** What is written meanwhile belongs to such an element, read in this order. */
  element<T>(tag: Tag, draw: () => T, attributes: Attributes = {}): T {
    if (this.#decorating) return draw()
    this.#file.structure.open(tag, attributes)
    try {
      return draw()
    } finally {
      this.#file.structure.close()
    }
  }

  /** A picture or drawing, said in words; `draw` draws it between left, top, right, bottom. */
  figure(alt: string, [left, top, right, bottom]: Box, draw: () => void): void {
    const bbox: Box = [left, PAGE.height - bottom, right, PAGE.height - top]
    this.element('Figure', () => this.#marked(draw), { alt, bbox })
  }

  /** What is drawn meanwhile says nothing: lines, grounds, what every page repeats. */
  decoration<T>(draw: () => T): T {
    if (this.#decorating) return draw()
    this.#content.beginDecoration()
    this.#decorating = true
    try {
      return draw()
    } finally {
      this.#decorating = false
      this.#content.end()
    }
  }

  /** Content of the element that is open. */
  #marked(draw: () => void): void {
    if (this.#decorating) return draw()
    const { tag, mark } = this.#file.structure.mark(this.#page)
    this.#content.begin(tag, mark)
    draw()
    this.#content.end()
  }

  /** True when a new page was begun. */
  need(height: number): boolean {
    if (this.y + height <= BOTTOM) return false
    this.newPage()
    return true
  }

  newPage(): void {
    this.#page = this.#file.addPage()
    this.y = MARGIN.top
    this.decoration(() => this.onNewPage())
  }

  lines(text: string, width: number, style: Style = {}): Line[] {
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
      const own = Math.min(this.widthOf(text, style), width)
      this.#file.link(this.#page, { x, y, width: own, height, url, contents: text })
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

  writeLines(lines: readonly Line[], x: number, y: number, width: number, style: Style = {}): number {
    if (lines.length === 0) return 0
    const face = faceOf(style)
    const step = this.lineHeight(style)
    const font = this.#file.fonts[weightOf(face)]
    const baseline = y + (font.ascent / 1000) * face.size
    this.#marked(() => {
      for (const [at, line] of lines.entries()) {
        if (line.width === 0) continue
        const indent = style.align === 'right' ? width - line.width : 0
        this.#content.text(
          { x: x + indent, baseline: baseline + at * step },
          { font: font.resource, size: face.size, color: style.color ?? INK.text },
          font.shown(line.words, face.size),
        )
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
    this.decoration(() => this.#content.line(from, to, y, width, color))
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    this.decoration(() => this.#content.boxes(color, [[x, y, width, height]]))
  }

  /** Of the figure that is drawn: each its left, top, width and height. */
  boxes(color: string, boxes: readonly Box[]): void {
    this.#content.boxes(color, boxes)
  }

  /** Of the figure that is drawn. `fit`: the width and height that it may take. */
  picture(bytes: Uint8Array, x: number, y: number, fit: [number, number]): void {
    this.#file.picture(this.#page, bytes, x, y, fit)
  }
}

export type Box = [number, number, number, number]

function faceOf({ size = SIZE.normal, bold = false }: Style): Face {
  return { size, bold }
}
