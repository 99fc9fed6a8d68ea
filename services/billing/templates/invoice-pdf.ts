/**
 * An invoice or credit note as a person reads it, sees it or hears it: letterhead, parties, summary, the work ticket
 * by ticket, VAT, payment, legal mentions. PDF/A-3a with the electronic invoice inside, and PDF/UA-1. The same order
 * gives the same bytes: nothing here knows the clock or chance. Source: spec/invoicing.md section 5.
 */
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { letterhead, spaced } from './letterhead.ts'
import { lineTable } from './line-table.ts'
import { paymentBlock } from './payment-block.ts'
import { PAGE, PdfFile } from './pdf/pdf-file.ts'
import { INK, LEFT, RIGHT, Sheet, SIZE, WIDTH } from './sheet.ts'
import { summary } from './summary.ts'
import { totalsBlock } from './totals-block.ts'
import { printable } from './type-setting.ts'
import { wording } from './wording.ts'

/**
 * PDF/UA-1, clause 5: the file says itself that it is. PDF/A-3 knows that word only when it is described in the file
 * (ISO 19005-3, 6.6.2.3.2).
 */
const IS_PDF_UA = `
        <rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
            <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description>
        <rdf:Description rdf:about=""
            xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
            xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
            xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
            <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
                <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
                <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
                <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
                <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
                    <pdfaProperty:name>part</pdfaProperty:name>
                    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                    <pdfaProperty:category>internal</pdfaProperty:category>
                    <pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>
                </rdf:li></rdf:Seq></pdfaSchema:property>
            </rdf:li></rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>
        `

const creator = (name: string) => `
        <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" rdf:about="">
            <dc:creator><rdf:Seq><rdf:li>${escaped(printable(name))}</rdf:li></rdf:Seq></dc:creator>
        </rdf:Description>
        `

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\s+/g, ' ')
}

/** `ubl`: the electronic invoice to attach, without this PDF in it; null where there is none. */
export async function invoicePdf(order: PrintOrder, ubl: Uint8Array | null): Promise<Uint8Array> {
  const { issued, invoice } = order
  const words = wording[issued.language]
  const title = `${invoice.kind === 'invoice' ? words.invoice : words.creditNote} ${issued.number}`
  const file = new PdfFile({
    title,
    language: issued.language,
    // The day it was issued, not the moment it was drawn.
    date: new Date(`${issued.issuedOn}T00:00:00Z`),
    metadata: IS_PDF_UA + creator(issued.seller.name),
  })
  const sheet = new Sheet(file)
  sheet.element('Document', () => {
    letterhead(sheet, order, words)
    summary(sheet, order, words)
    lineTable(sheet, order, words)
    totalsBlock(sheet, order, words)
    paymentBlock(sheet, order, words)
  })
  footers(sheet, order, title)
  if (ubl) file.attach({ name: `${issued.number}.xml`, description: words.attachment, bytes: ubl })
  return file.bytes()
}

/** Who, which document, which page, on every page. */
function footers(sheet: Sheet, { issued }: PrintOrder, title: string): void {
  const { seller, language } = issued
  const words = wording[language]
  const who = [
    [seller.legalName ?? seller.name, seller.legalForm].filter(Boolean).join(' '),
    seller.vatNumber && `${words.vat} ${spaced(seller.vatNumber)}`,
    seller.registry,
  ].filter((part) => part !== null)
  const count = sheet.pageCount
  const y = PAGE.height - 42
  const style = { size: SIZE.small, color: INK.quiet }
  for (let page = 0; page < count; page += 1) {
    sheet.turnTo(page)
    sheet.rule(y - 8)
    const place = page === 0 ? '' : `${title}  ·  `
    const where = place + words.page(page + 1, count)
    const width = sheet.widthOf(where, style) + 1
    sheet.decoration(() => {
      const lines = sheet.lines(who.join('  ·  '), WIDTH - width - 16, style)
      sheet.writeLines(lines.slice(0, 1), LEFT, y, WIDTH - width - 16, style)
      sheet.write(where, RIGHT - width, y, width, { ...style, align: 'right' })
    })
  }
}
