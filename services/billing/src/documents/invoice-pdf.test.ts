import { describe, expect, test } from 'vitest'
import { fonts } from '../../templates/fonts.ts'
import { invoicePdf } from '../../templates/invoice-pdf.ts'
import { printable } from '../../templates/type-setting.ts'
import { pdfPages } from '../testing/pdf-text.ts'
import { longOrder } from '../testing/print-samples.ts'
import { sampleLine, sampleOrder } from '../testing/sample-orders.ts'
import { invoiceUbl } from './invoice-ubl.ts'
import type { PrintOrder } from './invoice-printer.ts'

const drawn = (order: PrintOrder) => invoicePdf(order, invoiceUbl(order))
const text = async (...order: Parameters<typeof sampleOrder>) =>
  pdfPages(await drawn(sampleOrder(...order))).join('\n')

describe('an invoice on paper', () => {
  test('names its tickets, who asked, who worked, and what the law wants', async () => {
    const lines = await text()
    for (const said of [
      'Facture',
      'F-1',
      '01/12/2026',
      '31/12/2026',
      'Boulangerie Wéry SA',
      'TVA BE 0417.497.106',
      'TVA BE 0403.019.261 · RPM Brabant wallon',
      'Exeko Services SRL',
      'Ticket 1001',
      'L’imprimante du 2e étage n’imprime plus',
      'demandé par Paul Dupont',
      'Bruno Peeters · Support à distance',
      '20 min',
      '0,4327/km',
      '−25,00',
      '650,97 €',
      '136,70 €',
      '787,67 €',
      '+++202/6000/00192+++',
      'BE68 5390 0754 7034',
      'GKCCBEBB',
      'En bref',
      'À payer pour le 31/12/2026',
      'Page 1 / 2',
    ]) {
      expect(lines.replaceAll(/ +/g, ' ')).toContain(said)
    }
    expect(lines).toContain('40,00 EUR')
  })

  test('is the same bytes for the same invoice, whenever it is drawn', async () => {
    expect(await drawn(sampleOrder())).toEqual(await drawn(sampleOrder()))
  })

  test('has all four languages of the seat; another language than the seat’s says that it is a translation', async () => {
    const { seller } = sampleOrder().issued
    expect(
      await text({ issued: { language: 'nl', seller: { ...seller, invoiceLanguage: 'nl' } } }),
    ).toContain('Factuur')
    expect(
      await text({ issued: { language: 'en', seller: { ...seller, invoiceLanguage: 'en' } } }),
    ).toContain('Invoice')
    expect(
      await text({ issued: { language: 'de', seller: { ...seller, invoiceLanguage: 'de' } } }),
    ).toContain('Rechnung')
    const copy = await text({ issued: { language: 'nl' } })
    expect(copy).toContain('loi du 2 août 2002')
    expect(copy).toContain('wet van 2 augustus 2002')
    expect(copy).toContain('Vertaling')
    expect(await text()).not.toContain('Traduction')
  })

  test('of eight hundred prestations repeats its headers, and leaves no heading and no subtotal alone', async () => {
    const pages = pdfPages(await drawn(longOrder()))
    expect(pages.length).toBeGreaterThan(39)
    const isHeading = (line: string) => /^Ticket 10\d\d$/.test(line)
    const rows = (lines: string[]) => lines.filter((line) => line.endsWith('Support à distance')).length
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`Page ${at + 1} / ${pages.length}`)
      const lines = page.split('\n')
      const total = rows(lines)
      if (total === 0) continue
      expect(lines.filter((line) => line === 'Prestation')).toHaveLength(1)
      // Under the last heading of the page, and over each subtotal, there is a row at least.
      expect(rows(lines.slice(lines.findLastIndex(isHeading)))).toBeGreaterThan(0)
      const first = lines.indexOf('Sous-total')
      if (first >= 0) expect(rows(lines.slice(0, first))).toBeGreaterThan(0)
      // A page that goes on with a ticket says which.
      expect(lines.findIndex(isHeading)).toBeLessThan(lines.findIndex((line) => line.endsWith('à distance')))
    }
    const rowsOfAll = pages.map((page) => rows(page.split('\n'))).reduce((sum, some) => sum + some, 0)
    expect(rowsOfAll).toBe(800)
    expect(pages.join('\n')).toContain('(suite)')
  })

  test('goes on overleaf with a description that no page holds, and loses no line of it', async () => {
    const description = Array.from({ length: 190 }, (_, at) => `Ligne ${at + 1}`).join('\n')
    const pages = pdfPages(
      await drawn(sampleOrder({ invoice: { lines: [sampleLine({ description })], allowances: [] } })),
    )
    const said = pages.flatMap((page) => page.split('\n').filter((line) => /^Ligne \d+$/.test(line)))
    expect(said).toEqual(description.split('\n'))
    expect(pages.length).toBeGreaterThan(3)
    expect(pages[0]).toContain('45,00')
  })

  test('shows what is left of prepaid hours, and leads to each ticket', async () => {
    const packs = [
      { validFrom: '2026-01-01', validUntil: '2026-12-31', minutes: 1200, usedHere: 60, remaining: 465 },
    ]
    const order = { ...sampleOrder(), packs, ticketsAt: 'https://guichet.example/tickets/' }
    const bytes = await drawn(order)
    const said = pdfPages(bytes).join('\n')
    for (const text of ['du 01/01/2026 au 31/12/2026', '20 h', '7 h 45']) expect(said).toContain(text)
    expect(Buffer.from(bytes).toString('latin1')).toContain('(https://guichet.example/tickets/1007)')
  })

  test('shows what the font lacks as lacking, and keeps control signs out', async () => {
    const said = await text({ invoice: { lines: [sampleLine({ description: 'a\u0007b 漢 é\u200bz Ω' })] } })
    expect(said).toContain('a b □ éz')
    expect(said).toContain('Ω')
  })

  test('takes as known only what the font has', () => {
    const common = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter(
      (sign) => printable(sign) === sign && sign !== '\n',
    )
    expect(common.length).toBeGreaterThan(400)
    const { regular, bold } = fonts()
    for (const sign of common) {
      const code = sign.codePointAt(0) ?? 0
      expect([sign, regular.hasGlyphForCodePoint(code), bold.hasGlyphForCodePoint(code)]).toEqual([
        sign,
        true,
        true,
      ])
    }
  })

  test('threatens no private person with the law between businesses', async () => {
    const { buyer } = sampleOrder().issued
    const person = { ...buyer, name: 'Jean Dupont', legalName: null, vatNumber: null, enterpriseNumber: null }
    const said = await text({ issued: { buyer: person } })
    expect(said).toContain('Jean Dupont')
    expect(said).not.toContain('loi du 2 août 2002')
  })

  test('of a credit note names what it corrects and asks for no money', async () => {
    const said = await text({
      invoice: {
        kind: 'credit-note',
        credits: { invoiceId: 'x', number: 'F-7', issuedOn: '2026-11-02', reason: 'Doublon' },
      },
      issued: { number: 'NC-1', dueOn: null, structuredReference: null },
    })
    expect(said).toContain('Note de crédit')
    expect(said).toContain('Crédite la facture F-7 du')
    expect(said).toContain('Doublon')
    expect(said).toContain('TVA à reverser à l’État')
    expect(said).not.toContain('Paiement')
  })
})
