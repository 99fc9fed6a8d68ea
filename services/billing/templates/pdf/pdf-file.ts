/**
 * A PDF/A-3a and PDF/UA-1 file. pdfkit makes its frame: pages, metadata, colour profile, pictures, attachments. What
 * there is most of, pdfkit would take nine tenths of the time for: the pages' content, the structure and the fonts are
 * written past it. Nothing here knows the clock or chance.
 */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import { EmbeddedFont } from './embedded-font.ts'
import { PageContent } from './page-content.ts'
import { Structure } from './structure.ts'
import { number, Raw, reference, textString } from './syntax.ts'

type Doc = InstanceType<typeof PDFDocument>

/** Of pdfkit 0.20 what its types do not say. */
interface Insides {
  appendXML(xml: string): void
  addNamedEmbeddedFile(name: string, reference: unknown): void
  _root: { data: Record<string, unknown> }
  getStructTreeRoot(): { id: number; data: Record<string, unknown> }
  /** By number less one; null until it is written. */
  _offsets: (number | null)[]
  _offset: number
  _write(data: Uint8Array): void
  page: Page
}

interface Page {
  content: { write(bytes: Uint8Array): void }
  dictionary: { id: number; data: Record<string, unknown> }
  fonts: Record<string, unknown>
}

/** From the page's upper left corner. */
interface Place {
  x: number
  y: number
  width: number
  height: number
}

interface Link {
  page: number
  rect: [number, number, number, number]
  url: string
  /** Read aloud (PDF/UA-1, 7.18.5). */
  contents: string
}

export interface Attachment {
  name: string
  description: string
  /** XML. */
  bytes: Uint8Array
}

export const PAGE = { width: 595.28, height: 841.89 }

export class PdfFile {
  readonly structure = new Structure()
  readonly fonts = { regular: new EmbeddedFont('regular', 'F1'), bold: new EmbeddedFont('bold', 'F2') }
  readonly #doc: Doc
  readonly #insides: Insides
  readonly #date: Date
  readonly #pages: { page: Page; content: PageContent }[] = []
  readonly #links: Link[] = []
  readonly #done = Promise.withResolvers<void>()
  readonly #chunks: Uint8Array[] = []

  /** `metadata`: what XMP says beside pdfkit's own. */
  constructor({
    title,
    language,
    date,
    metadata,
  }: {
    title: string
    language: string
    date: Date
    metadata: string
  }) {
    this.#date = date
    this.#doc = new PDFDocument({
      // Without a default font: every font of ours is embedded.
      font: '',
      size: [PAGE.width, PAGE.height],
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      subset: 'PDF/A-3a',
      pdfVersion: '1.7',
      tagged: true,
      lang: language,
      displayTitle: true,
      info: { Title: title, CreationDate: date },
    })
    this.#insides = this.#doc as unknown as Insides
    this.#insides.appendXML(metadata)
    this.#doc.on('data', (chunk: Uint8Array) => void this.#chunks.push(chunk))
    this.#doc.on('end', () => this.#done.resolve())
    this.#doc.on('error', (error: Error) => this.#done.reject(error))
  }

  get pageCount(): number {
    return this.#pages.length
  }

  /** The page's place. */
  addPage(): number {
    this.#doc.addPage()
    const { page } = this.#insides
    const at = this.#pages.push({ page, content: new PageContent() }) - 1
    page.dictionary.data['StructParents'] = at
    return at
  }

  content(page: number): PageContent {
    return this.#at(page).content
  }

  #at(page: number) {
    const found = this.#pages[page]
    if (!found) throw new Error(`there is no page ${page}`)
    return found
  }

  /** `fit`: the most that it may take. */
  picture(page: number, bytes: Uint8Array, x: number, y: number, fit: [number, number]): void {
    this.#flush(page)
    this.#doc.switchToPage(page)
    this.#doc.image(Buffer.from(bytes), x, y, { fit })
  }

  /** The open element leads there. */
  link(page: number, { x, y, width, height, url, contents }: Place & Pick<Link, 'url' | 'contents'>): void {
    const bottom = PAGE.height - y - height
    this.#links.push({ page, rect: [x, bottom, x + width, bottom + height], url, contents })
    this.structure.link(page)
  }

  /** What the document is made from (ISO 19005-3, 6.8): the same in another form. */
  attach({ name, description, bytes }: Attachment): void {
    const day = `(D:${this.#date.toISOString().replaceAll(/\D/g, '').slice(0, 14)}Z)`
    const file = this.#stream(deflateSync(bytes), {
      Type: 'EmbeddedFile',
      Subtype: 'application#2Fxml',
      Params: new Raw(
        `<</CreationDate ${day} /ModDate ${day} /Size ${bytes.length} ` +
          `/CheckSum <${createHash('md5').update(bytes).digest('hex')}>>>`,
      ),
    })
    const first = this.#reserve(1)
    this.#write(first, [
      `<</Type /Filespec /AFRelationship /Alternative /F ${textString(name)} /UF ${textString(name)} ` +
        `/EF <</F ${reference(file)}>> /Desc ${textString(description)}>>`,
    ])
    this.#insides.addNamedEmbeddedFile(name, new Raw(reference(first)))
    this.#insides._root.data['AF'] = new Raw(`[${reference(first)}]`)
  }

  async bytes(): Promise<Uint8Array> {
    this.#writeFonts()
    this.#writeStructure()
    for (const page of this.#pages.keys()) this.#flush(page)
    this.#doc.end()
    await this.#done.promise
    return Buffer.concat(this.#chunks)
  }

  #flush(page: number): void {
    const { page: own, content } = this.#at(page)
    own.content.write(Buffer.from(`${content.take()}\n`, 'latin1'))
  }

  /** Numbers of objects to be. */
  #reserve(count: number): number {
    const first = this.#insides._offsets.length + 1
    for (let at = 0; at < count; at += 1) this.#insides._offsets.push(null)
    return first
  }

  /** Whole objects, one write for all: pdfkit has several for each. */
  #write(first: number, bodies: readonly string[]): void {
    const { _offsets: offsets, _offset: from } = this.#insides
    let written = ''
    for (const [at, body] of bodies.entries()) {
      offsets[first + at - 1] = from + written.length
      written += `${first + at} 0 obj\n${body}\nendobj\n`
    }
    this.#insides._write(Buffer.from(written, 'latin1'))
  }

  /** Deflated already. */
  #stream(deflated: Uint8Array, said: Record<string, unknown> = {}): number {
    const stream = this.#doc.ref({ ...said, Filter: 'FlateDecode' })
    stream.end(deflated)
    return (stream as unknown as { id: number }).id
  }

  #writeFonts(): void {
    for (const font of [this.fonts.regular, this.fonts.bold]) {
      if (!font.isUsed) continue
      const { program, toUnicode, widths, tag } = font.part()
      const { name: face, described } = font.facts()
      const name = `${tag}+${face}`
      const [file, map] = [this.#stream(program), this.#stream(toUnicode)]
      const first = this.#reserve(3)
      this.#write(first, [
        `<</Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H ` +
          `/DescendantFonts [${reference(first + 1)}] /ToUnicode ${reference(map)}>>`,
        `<</Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /FontDescriptor ${reference(first + 2)} ` +
          `/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> ` +
          `/W ${widths} /CIDToGIDMap /Identity>>`,
        `<</Type /FontDescriptor /FontName /${name} ${described} /FontFile2 ${reference(file)}>>`,
      ])
      for (const { page } of this.#pages) page.fonts[font.resource] = new Raw(reference(first))
    }
  }

  #writeStructure(): void {
    const root = this.#insides.getStructTreeRoot()
    const firstLink = this.#reserve(this.#links.length)
    const numbers = {
      elements: this.#reserve(this.structure.size),
      root: root.id,
      pages: this.#pages.map(({ page }) => page.dictionary.id),
      links: this.#links.map((_, at) => firstLink + at),
    }
    root.data['K'] = [new Raw(reference(numbers.elements))]
    root.data['ParentTree'] = new Raw(this.structure.parents(numbers))
    root.data['ParentTreeNextKey'] = this.#pages.length + this.#links.length
    this.#write(
      firstLink,
      this.#links.map(
        ({ rect, url, contents }, at) =>
          // F 4: printed too (ISO 19005-3, 6.3.2).
          `<</Type /Annot /Subtype /Link /Rect [${rect.map(number).join(' ')}] /Border [0 0 0] /F 4 ` +
          `/StructParent ${this.#pages.length + at} /Contents ${textString(contents)} ` +
          `/A <</S /URI /URI ${textString(url)}>>>>`,
      ),
    )
    this.#write(numbers.elements, this.structure.objects(numbers))
    for (const [page, { page: own }] of this.#pages.entries()) {
      const links = numbers.links.filter((_, at) => this.#links[at]?.page === page)
      if (links.length > 0) own.dictionary.data['Annots'] = new Raw(`[${links.map(reference).join(' ')}]`)
    }
  }
}
