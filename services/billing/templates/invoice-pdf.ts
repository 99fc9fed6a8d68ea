/**
 * An invoice or credit note as a person reads it: letterhead, parties, the work ticket by ticket, VAT, payment, legal
 * mentions. The same order gives the same bytes: nothing here knows the clock or chance.
 */
import PDFDocument from 'pdfkit'
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { paymentBlock } from './payment-block.ts'
import { letterhead } from './letterhead.ts'
import { lineTable } from './line-table.ts'
import { MARGIN, PAGE, Sheet, SIZE, INK, LEFT, WIDTH } from './sheet.ts'
import { totalsBlock } from './totals-block.ts'
import { wording } from './wording.ts'

export async function invoicePdf(order: PrintOrder): Promise<Uint8Array> {
  const { issued, invoice } = order
  const words = wording[issued.language]
  const title = `${invoice.kind === 'invoice' ? words.invoice : words.creditNote} ${issued.number}`
  const doc = new PDFDocument({
    // Without a default font: every font of ours is embedded.
    font: '',
    size: 'A4',
    margins: { ...MARGIN, bottom: 0 },
    bufferPages: true,
    lang: issued.language,
    displayTitle: true,
    info: {
      Title: title,
      Author: issued.seller.name,
      // The day it was issued, not the moment it was drawn.
      CreationDate: new Date(`${issued.issuedOn}T00:00:00Z`),
    },
  })
  const chunks: Uint8Array[] = []
  const done = Promise.withResolvers<void>()
  doc.on('data', (chunk: Uint8Array) => void chunks.push(chunk))
  doc.on('end', () => done.resolve())
  doc.on('error', (error: Error) => done.reject(error))

  const sheet = new Sheet(doc)
  letterhead(sheet, order, words)
  lineTable(sheet, order, words)
  totalsBlock(sheet, order, words)
  paymentBlock(sheet, order, words)
  footers(sheet, order, title)
  doc.end()
  await done.promise
  return Buffer.concat(chunks)
}

/** Who, which document, which page, on every page. */
function footers(sheet: Sheet, { issued }: PrintOrder, title: string): void {
  const { seller, language } = issued
  const words = wording[language]
  const who = [
    seller.legalName ?? seller.name,
    seller.legalForm,
    seller.vatNumber && `${words.vat} ${seller.vatNumber}`,
    seller.registry,
    seller.iban,
  ].filter((part) => part !== null)
  const { start, count } = sheet.doc.bufferedPageRange()
  const y = PAGE.height - 44
  for (let page = start; page < start + count; page += 1) {
    sheet.doc.switchToPage(page)
    sheet.rule(y - 6)
    const style = { size: SIZE.small, color: INK.quiet }
    sheet.write(who.join('  ·  '), LEFT, y, WIDTH - 90, style)
    const place = page === start ? '' : `${title}  ·  `
    sheet.write(place + words.page(page - start + 1, count), LEFT + 200, y, WIDTH - 200, {
      ...style,
      align: 'right',
    })
  }
}
