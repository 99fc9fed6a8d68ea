/** PDF as it is written: numbers, strings, references. Source: ISO 32000-1, 7.3. */

/** In points, to a thousandth: less than any device shows. */
export function number(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}

export const reference = (id: number) => `${id} 0 R`

const ESCAPED: Record<string, string> = { '(': '\\(', ')': '\\)', '\\': '\\\\', '\r': '\\r', '\n': '\\n' }

/** A text string: ASCII as it is, else UTF-16BE with its mark (7.9.2.2), one byte per sign of what is returned. */
export function textString(text: string): string {
  let bytes = text
  if (!/^[ -~]*$/.test(text)) {
    bytes = '\u00fe\u00ff'
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at)
      bytes += String.fromCharCode(unit >> 8, unit & 0xff)
    }
  }
  return `(${bytes.replace(/[()\\\r\n]/g, (sign) => ESCAPED[sign] ?? sign)})`
}

/** Something that is written as it stands where pdfkit would convert what it is given. */
export class Raw {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  /** pdfkit takes apart what it holds for a plain object. */
  get [Symbol.toStringTag](): string {
    return 'Raw'
  }
  toString(): string {
    return this.#text
  }
}
