/**
 * What is drawn on a page, as the operators that draw it (ISO 32000-1, 8 and 9): a state that has not changed is not
 * set again. Points from the page's upper left corner.
 */
import { number } from './syntax.ts'

const colors = new Map<string, string>()

/** `#16202b` → `0.086 0.125 0.169`. There are as many as the house's design has. */
function components(color: string): string {
  let known = colors.get(color)
  if (known === undefined) {
    known = [1, 3, 5].map((at) => number(parseInt(color.slice(at, at + 2), 16) / 255)).join(' ')
    colors.set(color, known)
  }
  return known
}

interface Face {
  font: string
  size: number
  color: string
}

export class PageContent {
  #operators: string[] = []
  #fill = ''
  #stroke = ''
  #font = ''

  /** A piece of the structure: its number on this page. */
  begin(tag: string, mark: number): void {
    this.#operators.push(`/${tag} <</MCID ${mark}>> BDC`)
  }

  beginDecoration(): void {
    this.#operators.push('/Artifact <</Type /Pagination>> BDC')
  }

  end(): void {
    this.#operators.push('EMC')
  }

  /** `shown`: what is shown by one TJ, line after line of text operators. */
  text(at: { x: number; baseline: number }, face: Face, shown: string): void {
    this.#filling(face.color)
    this.#operators.push('BT')
    const chosen = `/${face.font} ${number(face.size)} Tf`
    if (chosen !== this.#font) this.#operators.push((this.#font = chosen))
    // The page is turned upside down (y grows downwards), so letters are turned back.
    this.#operators.push(`1 0 0 -1 ${number(at.x)} ${number(at.baseline)} Tm`, shown, 'ET')
  }

  /** Filled. */
  boxes(color: string, boxes: readonly [number, number, number, number][]): void {
    this.#filling(color)
    for (const box of boxes) this.#operators.push(`${box.map(number).join(' ')} re`)
    this.#operators.push('f')
  }

  line(from: number, to: number, y: number, width: number, color: string): void {
    const stroke = `${components(color)} RG\n${number(width)} w`
    if (stroke !== this.#stroke) this.#operators.push((this.#stroke = stroke))
    this.#operators.push(`${number(from)} ${number(y)} m`, `${number(to)} ${number(y)} l`, 'S')
  }

  #filling(color: string): void {
    if (color === this.#fill) return
    this.#fill = color
    this.#operators.push(`${components(color)} rg`)
  }

  /** What was drawn since the last time. */
  take(): string {
    const taken = this.#operators.join('\n')
    this.#operators = []
    return taken
  }
}
