/** Orders for tests of the printed documents: what an invoice of a small month looks like. */
import { lineAmounts, money } from '../domain/amounts.ts'
import type { StoredLine } from '../domain/invoice.ts'
import type { PrintOrder } from '../documents/invoice-printer.ts'

export function sampleLine(changes: Partial<StoredLine> = {}): StoredLine {
  const line: StoredLine = {
    id: '1',
    description: 'Imprimante du 2e étage : pilote réinstallé, file d’attente vidée',
    note: null,
    quantity: '30',
    unit: 'minute',
    price: '90',
    per: 60,
    discountPercent: null,
    vatRate: '21',
    vatCategory: 'S',
    ticket: 1001,
    workedOn: '2026-11-03',
    prestationId: 'p1',
    packId: null,
    minutesWorked: 20,
    agent: 'Anne Lambert',
    kind: 'Support à distance',
    net: '0.00',
    ...changes,
  }
  return { ...line, net: changes.net ?? money(lineAmounts(line).net) }
}

export function sampleOrder(
  changes: {
    invoice?: Partial<PrintOrder['invoice']>
    issued?: Partial<PrintOrder['issued']>
  } = {},
): PrintOrder {
  return {
    invoice: {
      kind: 'invoice',
      lines: [
        sampleLine(),
        sampleLine({
          id: '2',
          workedOn: '2026-11-04',
          description: 'Deuxième passage : contrôle après mise à jour',
          quantity: '15',
          minutesWorked: 7,
          agent: 'Bruno Peeters',
        }),
        sampleLine({
          id: '3',
          ticket: 1007,
          workedOn: '2026-11-12',
          description: 'Déplacement Namur – Wavre et retour',
          unit: 'km',
          quantity: '74',
          price: '0.4327',
          per: 1,
          minutesWorked: null,
          kind: 'Déplacement',
        }),
        sampleLine({
          id: '4',
          ticket: 1007,
          workedOn: '2026-11-12',
          description: 'Remplacement du commutateur du local technique, câblage et essais avec la téléphonie',
          quantity: '135',
          minutesWorked: 128,
          kind: 'Sur site',
          price: '105',
        }),
        sampleLine({
          id: '5',
          ticket: 1007,
          workedOn: '2026-11-13',
          description: 'Documentation du réseau',
          quantity: '60',
          price: '0',
          minutesWorked: 55,
          packId: 'pack',
        }),
        sampleLine({
          id: '6',
          ticket: null,
          workedOn: null,
          description: 'Licence antivirus, 12 mois',
          unit: 'piece',
          quantity: '12',
          price: '31.5',
          per: 1,
          discountPercent: '10',
          minutesWorked: null,
          agent: null,
          kind: null,
        }),
      ],
      allowances: [{ amount: '25.00', vatRate: '21', vatCategory: 'S', reason: 'Geste commercial' }],
      prepaid: '0.00',
      tickets: [
        { number: 1001, subject: 'L’imprimante du 2e étage n’imprime plus', requester: 'Paul Dupont' },
        { number: 1007, subject: 'Panne de réseau au local technique', requester: 'Zoé Wéry' },
      ],
      period: { from: '2026-11-01', to: '2026-11-30' },
      credits: null,
      ...changes.invoice,
    },
    issued: {
      number: 'F-1',
      issuedOn: '2026-12-01',
      dueOn: '2026-12-31',
      structuredReference: '+++202/6000/00192+++',
      seller: {
        name: 'Exeko',
        legalName: 'Exeko Services',
        legalForm: 'SRL',
        vatNumber: 'BE0403019261',
        enterpriseNumber: '0403019261',
        registry: 'RPM Brabant wallon',
        address: { street: 'Chaussée de Louvain 431', zip: '1380', city: 'Lasne', country: 'BE' },
        iban: 'BE68539007547034',
        bic: 'GKCCBEBB',
        email: 'compta@exeko.example',
        phone: '+32 2 555 01 00',
        vatRegime: 'normal',
        invoiceLanguage: 'fr',
      },
      buyer: {
        name: 'Boulangerie Wéry',
        legalName: 'Boulangerie Wéry SA',
        vatNumber: 'BE0417497106',
        enterpriseNumber: '0417497106',
        address: { street: 'Rue de l’Église 12', zip: '5000', city: 'Namur', country: 'BE' },
      },
      language: 'fr',
      reference: 'BC-2026-118',
      ...changes.issued,
    },
    law: { from: '2022-02-01', lateIndemnity: '40.00', maximumTermDays: 60 },
  }
}
