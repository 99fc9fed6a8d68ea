import { describe, expect, test } from 'vitest'
import { invoicePdf } from '../../templates/invoice-pdf.ts'
import { pdfPages } from '../testing/pdf-text.ts'
import { sampleLine, sampleOrder } from '../testing/sample-orders.ts'

const text = async (...order: Parameters<typeof sampleOrder>) =>
  pdfPages(await invoicePdf(sampleOrder(...order))).join('\n')

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
      'BE68 5390 0754 7034 BIC GKCCBEBB',
      'Page 1 / 2',
    ]) {
      expect(lines.replaceAll(/ +/g, ' ')).toContain(said)
    }
    expect(lines).toContain('40,00 EUR')
  })

  test('is the same bytes for the same invoice, whenever it is drawn', async () => {
    expect(await invoicePdf(sampleOrder())).toEqual(await invoicePdf(sampleOrder()))
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

  test('repeats its header and the ticket on every page, and leaves no heading alone', async () => {
    const lines = Array.from({ length: 120 }, (_, at) =>
      sampleLine({ id: String(at + 1), ticket: 1001 + Math.floor(at / 50) }),
    )
    const pages = pdfPages(await invoicePdf(sampleOrder({ invoice: { lines, allowances: [] } })))
    expect(pages.length).toBeGreaterThan(4)
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`Page ${at + 1} / ${pages.length}`)
      if (!page.includes('Imprimante')) continue
      expect(page).toContain('Prestation')
      const order = page.split('\n')
      const last = order.findLastIndex((line) => line.startsWith('Ticket 10'))
      expect(order.slice(last).join('\n')).toContain('Imprimante')
    }
    expect(pages[1]).toContain('(suite)')
  })

  test('shows what the font lacks as lacking, and keeps control signs out', async () => {
    const said = await text({ invoice: { lines: [sampleLine({ description: 'a\u0007b 漢 é\u200bz Ω' })] } })
    expect(said).toContain('a b ? é')
    expect(said).toContain('Ω')
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
