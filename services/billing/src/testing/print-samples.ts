/** Every kind of paper that leaves the house, by name: what its tests hold against the rules, and what people look at. */
import type { PrintOrder } from '../documents/invoice-printer.ts'
import { sampleLogo } from './sample-logo.ts'
import { sampleLine, sampleOrder } from './sample-orders.ts'

type Changes = Parameters<typeof sampleOrder>[0]

const inLanguage = (language: 'fr' | 'nl' | 'en' | 'de', changes: Changes = {}): PrintOrder => {
  const { seller } = sampleOrder().issued
  return sampleOrder({
    ...changes,
    issued: { language, seller: { ...seller, invoiceLanguage: language }, ...changes?.issued },
  })
}

const CREDIT: Changes = {
  invoice: {
    kind: 'credit-note',
    credits: {
      invoiceId: 'x',
      number: 'F-7',
      issuedOn: '2026-11-02',
      reason: 'Prestation encodée deux fois',
    },
    allowances: [],
  },
  issued: { number: 'NC-1', dueOn: null, structuredReference: null },
}

const withoutVat = (vatCategory: 'AE' | 'E') => ({
  lines: [
    sampleLine({ vatRate: '0', vatCategory }),
    sampleLine({ id: '2', vatRate: '0', vatCategory, quantity: '90', minutesWorked: 85 }),
  ],
  allowances: [],
})

/** Eight hundred prestations on sixty tickets: some forty pages. */
export function longOrder(prestations = 800): PrintOrder {
  const works = [
    'Contrôle de la sauvegarde de nuit, relance du travail échoué',
    'Imprimante du 2e étage : pilote réinstallé, file d’attente vidée',
    'Assistance par téléphone : profil Outlook recréé, ancienne archive rattachée, signature et règles de tri remises en place après la migration',
    'Nouveau poste : installation, inscription au domaine, logiciels métier et imprimantes, formation de la personne sur place',
    'Mise à jour du pare-feu',
  ]
  const agents = ['Anne Lambert', 'Bruno Peeters', 'Chloé Van den Bossche']
  const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
  const lines = Array.from({ length: prestations }, (_, index) => {
    const worked = 5 + ((index * 37) % 170)
    return sampleLine({
      id: String(index + 1),
      ticket: 1001 + Math.floor((index * 60) / prestations),
      workedOn: `2026-11-${String(1 + (index % 30)).padStart(2, '0')}`,
      description: at(works, index),
      agent: at(agents, index),
      minutesWorked: worked,
      quantity: String(Math.ceil(worked / 15) * 15),
    })
  })
  const tickets = Array.from({ length: 60 }, (_, index) => ({
    number: 1001 + index,
    subject: at(
      ['Sauvegarde en échec', 'Imprimante en panne', 'Migration de la messagerie', 'Nouveau poste'],
      index,
    ),
    requester: at(['Paul Dupont', 'Zoé Wéry', 'Marie-Claire de la Fontaine'], index),
  }))
  return sampleOrder({ invoice: { lines, tickets, allowances: [] } })
}

export function printSamples(): Record<string, PrintOrder> {
  const { seller, buyer } = sampleOrder().issued
  const packs = [
    { validFrom: '2026-01-01', validUntil: '2026-12-31', minutes: 1200, usedHere: 60, remaining: 465 },
  ]
  return {
    fr: { ...inLanguage('fr'), packs, ticketsAt: 'https://guichet.exeko.example/tickets/' },
    'with-logo': { ...inLanguage('fr'), logo: { id: 'logo', bytes: sampleLogo() } },
    nl: inLanguage('nl'),
    en: inLanguage('en'),
    de: inLanguage('de'),
    'nl-translated': sampleOrder({ issued: { language: 'nl' } }),
    'one-line': sampleOrder({ invoice: { lines: [sampleLine()], allowances: [] } }),
    'without-ticket': sampleOrder({
      invoice: {
        lines: [
          sampleLine({
            ticket: null,
            workedOn: null,
            minutesWorked: null,
            agent: null,
            kind: null,
            unit: 'piece',
            per: 1,
            quantity: '12',
            price: '31.5',
            description: 'Licence antivirus, 12 mois',
          }),
        ],
        allowances: [],
        tickets: [],
        period: null,
      },
      issued: { reference: null },
    }),
    // Ten minutes and five, by quarters of an hour of the day: the five are paid for.
    'rounded-by-day': sampleOrder({
      invoice: {
        lines: [
          sampleLine({ quantity: '15', minutesWorked: 10 }),
          sampleLine({ id: '2', quantity: '0', minutesWorked: 5, withinDay: true }),
        ],
        allowances: [],
      },
    }),
    'credit-note': sampleOrder(CREDIT),
    'reverse-charge': sampleOrder({
      invoice: withoutVat('AE'),
      issued: {
        language: 'en',
        buyer: {
          name: 'Dupont & Fils <Paris>',
          legalName: null,
          vatNumber: 'FR40303265045',
          enterpriseNumber: null,
          address: { street: '1 rue de la Paix', zip: '75002', city: 'Paris', country: 'FR' },
        },
      },
    }),
    franchise: sampleOrder({
      invoice: withoutVat('E'),
      issued: { seller: { ...seller, vatRegime: 'franchise' } },
    }),
    'several-rates-prepaid': sampleOrder({
      invoice: {
        lines: [
          sampleLine(),
          sampleLine({ id: '2', vatRate: '6', quantity: '45', discountPercent: '33.333333' }),
          sampleLine({ id: '3', vatRate: '0', vatCategory: 'E', price: '1234567.891234', quantity: '480' }),
          sampleLine({ id: '4', quantity: '-15', note: 'Correction du mois passé' }),
        ],
        prepaid: '120.00',
      },
    }),
    'nothing-to-pay': sampleOrder({
      invoice: { lines: [sampleLine({ price: '0', packId: 'p' })], allowances: [] },
    }),
    'foreign-signs': sampleOrder({
      invoice: {
        lines: [
          sampleLine({
            description:
              '漢字 👨‍👩‍👧‍👦 🛠 עברית العربية Ω Ж ﬁ ſ \u0007\u200b\ue000 e\u0301 x\u0305\ufe0f \u{10ffff}',
          }),
          sampleLine({ id: '2', description: 'Un_mot_bien_trop_long_pour_sa_colonne_'.repeat(6) }),
          sampleLine({
            id: '3',
            description: `${'Ligne de journal\n'.repeat(90)}fin`,
            note: 'é'.repeat(1500),
          }),
          sampleLine({ id: '4' }),
        ],
      },
      issued: {
        buyer: { ...buyer, name: 'Société & Cie <b>', legalName: 'Société & Cie <b>' },
        seller: { ...seller, name: 'Exeko & Co <fr> 漢' },
      },
    }),
    long: longOrder(),
  }
}
