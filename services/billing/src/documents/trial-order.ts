/** An invoice of nobody to nobody: whether one can be drawn with this logo. */
import type { PrintOrder } from './invoice-printer.ts'

export function trialOrder(logo: PrintOrder['logo']): PrintOrder {
  const nobody = { name: '–', legalName: null, vatNumber: null, enterpriseNumber: null, address: null }
  return {
    invoice: {
      kind: 'invoice',
      lines: [],
      allowances: [],
      prepaid: '0.00',
      tickets: [],
      period: null,
      credits: null,
    },
    issued: {
      number: '0',
      issuedOn: '2026-01-01',
      dueOn: null,
      structuredReference: null,
      seller: {
        ...nobody,
        legalForm: null,
        registry: null,
        iban: null,
        bic: null,
        email: null,
        phone: null,
        vatRegime: 'normal',
        invoiceLanguage: 'fr',
      },
      buyer: nobody,
      language: 'fr',
      reference: null,
    },
    law: { from: '2022-02-01', lateIndemnity: '40.00', maximumTermDays: 60 },
    logo,
  }
}
