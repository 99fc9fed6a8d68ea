/** What a PDF of ours says, page by page: for tests. Reads the way back through each font's ToUnicode map. */
import { inflateSync } from 'node:zlib'

export function pdfPages(pdf: Uint8Array): string[] {
  const source = Buffer.from(pdf).toString('latin1')
  const objects = new Map<number, string>()
  for (const [, id, body] of source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(Number(id), body ?? '')
  const fonts = new Map<string, Map<number, string>>()
  const pages: string[] = []
  for (const body of objects.values()) {
    if (!/\/Type \/Page\b/.test(body)) continue
    for (const [, name, id] of resourcesOf(body, objects).matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      if (name && !fonts.has(name)) fonts.set(name, unicodeMap(objects.get(Number(id)) ?? '', objects))
    }
    const contents = /\/Contents (\d+) 0 R/.exec(body)?.[1]
    pages.push(textOf(stream(objects.get(Number(contents)) ?? ''), fonts))
  }
  return pages
}

function resourcesOf(page: string, objects: Map<number, string>): string {
  const id = /\/Resources (\d+) 0 R/.exec(page)?.[1]
  return (id === undefined ? page : objects.get(Number(id))) ?? ''
}

function stream(body: string): string {
  const [, dictionary = '', data = ''] = /^([\s\S]*?)\nstream\n([\s\S]*)\nendstream/.exec(body) ?? []
  const bytes = Buffer.from(data, 'latin1')
  return dictionary.includes('FlateDecode') ? inflateSync(bytes).toString('latin1') : data
}

function unicodeMap(font: string, objects: Map<number, string>): Map<number, string> {
  const map = new Map<number, string>()
  const id = /\/ToUnicode (\d+) 0 R/.exec(font)?.[1]
  const cmap = stream(objects.get(Number(id)) ?? '')
  for (const [, from, list] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    const signs = [...(list ?? '').matchAll(/<([0-9a-f ]*)>/g)]
    for (const [at, [, hex]] of signs.entries()) {
      const units = (hex ?? '').replaceAll(' ', '').match(/.{4}/g) ?? []
      map.set(parseInt(from ?? '0', 16) + at, String.fromCharCode(...units.map((unit) => parseInt(unit, 16))))
    }
  }
  return map
}

/** Each run of text on a line of its own. */
function textOf(content: string, fonts: Map<string, Map<number, string>>): string {
  const lines: string[] = []
  let font = new Map<number, string>()
  for (const line of content.split('\n')) {
    const name = /^\/(F\d+) [\d.]+ Tf$/.exec(line)?.[1]
    if (name) font = fonts.get(name) ?? font
    if (!line.endsWith('TJ')) continue
    const glyphs = [...line.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex]) => hex?.match(/.{4}/g) ?? [])
    lines.push(glyphs.map((glyph) => font.get(parseInt(glyph, 16)) ?? '').join(''))
  }
  return lines.map((line) => line.trim()).join('\n')
}
