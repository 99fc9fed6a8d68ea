/** Paper to write on: A4 pages with margins, a cursor that moves down, and page breaks that somebody decides. */
import type PDFDocument from 'pdfkit'
import { fonts } from './fonts.ts'

export const PAGE = { width: 595.28, height: 841.89 }
export const MARGIN = { left: 48, right: 48, top: 44, bottom: 64 }
export const LEFT = MARGIN.left
export const RIGHT = PAGE.width - MARGIN.right
export const WIDTH = RIGHT - LEFT
export const BOTTOM = PAGE.height - MARGIN.bottom

export const INK = { text: '#1b2430', quiet: '#5d6877', line: '#d5dae1', faint: '#f3f5f8', accent: '#1f4e79' }
export const SIZE = { title: 22, name: 15, normal: 9.5, small: 8 }

export interface Style {
  size?: number
  bold?: boolean
  color?: string
  align?: 'left' | 'right' | 'center'
}

/**
 * No OpenType features are asked for: this font's figures stand under each other as they are, and pdfkit then measures
 * each word once instead of at every use.
 */
const LINE_GAP = 0.5

export type Doc = InstanceType<typeof PDFDocument>

export class Sheet {
  readonly doc: Doc
  y = MARGIN.top
  /** Called on every new page but the first: repeated headers. */
  onNewPage: () => void = () => {}

  constructor(doc: Doc) {
    this.doc = doc
    // pdfkit takes a parsed font too (font_factory.js), which its types do not say.
    const { regular, bold } = fonts() as unknown as Record<'regular' | 'bold', Buffer>
    doc.registerFont('regular', regular).registerFont('bold', bold)
    doc.font('regular')
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
    this.onNewPage()
  }

  /** Height of the text in this width. */
  measure(text: string, width: number, style: Style = {}): number {
    this.#use(style)
    return this.doc.heightOfString(this.#printable(text), { width, lineGap: LINE_GAP })
  }

  widthOf(text: string, style: Style = {}): number {
    this.#use(style)
    return this.doc.widthOfString(this.#printable(text))
  }

  /** Writes without moving the cursor; returns the height. */
  write(text: string, x: number, y: number, width: number, style: Style = {}): number {
    if (text === '') return 0
    const height = this.measure(text, width, style)
    this.doc.fillColor(style.color ?? INK.text).text(this.#printable(text), x, y, {
      width,
      align: style.align ?? 'left',
      lineGap: LINE_GAP,
    })
    return height
  }

  rule(y = this.y, from = LEFT, to = RIGHT, color = INK.line, width = 0.6): void {
    this.doc.moveTo(from, y).lineTo(to, y).lineWidth(width).strokeColor(color).stroke()
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    this.doc.rect(x, y, width, height).fill(color)
  }

  #use({ size = SIZE.normal, bold = false }: Style): void {
    this.doc.font(bold ? 'bold' : 'regular').fontSize(size)
  }

  /** What the font lacks is seen as lacking, never dropped. */
  #printable(text: string): string {
    const { regular } = fonts()
    return [...text.normalize('NFC')]
      .map((sign) => {
        const code = sign.codePointAt(0) ?? 0
        if (sign === '\n') return sign
        if (code < 32) return ' '
        return regular.hasGlyphForCodePoint(code) ? sign : '?'
      })
      .join('')
  }
}
