/** Who is in the evaluation: an IT company of five, and three clients with their people and their contracts. */
import type { putContract, putSeller } from '@guichet/contracts/billing'
import type { InputOf } from '@guichet/contracts/definition'
import type { CompanyInput } from '@guichet/contracts/identity'
import type { Role } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'

type Terms = InputOf<typeof putContract>['terms']

const rates = (remote: string, onSite: string): Terms['rates'] => [
  { kind: 'À distance', unit: 'hour', price: remote, vatRate: '21' },
  { kind: 'Sur place', unit: 'hour', price: onSite, vatRate: '21' },
  { kind: 'Déplacement', unit: 'km', price: '0.4327', vatRate: '21' },
]

export const COMPANIES = {
  delvaux: {
    company: {
      name: 'Boulangerie Delvaux',
      legalName: 'Boulangerie Delvaux SRL',
      vatNumber: 'BE0403019261',
      enterpriseNumber: '0403019261',
      address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' },
      language: 'fr',
    },
    terms: {
      rates: rates('85.00', '95.00'),
      rounding: { stepMinutes: 15, minimumMinutes: 15 },
      paymentTermDays: 30,
      customersSeeTime: true,
    },
  },
  renard: {
    company: {
      name: 'Renard & Associés',
      legalName: 'Renard & Associés SRL',
      vatNumber: 'BE0417497106',
      enterpriseNumber: '0417497106',
      address: { street: 'Rue de Fer 58', zip: '5000', city: 'Namur', country: 'BE' },
      language: 'fr',
      managersSeeAll: true,
    },
    terms: {
      rates: rates('95.00', '110.00'),
      rounding: { stepMinutes: 15, minimumMinutes: 15 },
      paymentTermDays: 30,
      buyerReference: 'IT-2026',
      customersSeeTime: true,
    },
  },
  vandenbroeck: {
    company: {
      name: 'Garage Vandenbroeck',
      legalName: 'Garage Vandenbroeck BV',
      vatNumber: 'BE0403227515',
      enterpriseNumber: '0403227515',
      address: { street: 'Brusselsesteenweg 214', zip: '3090', city: 'Overijse', country: 'BE' },
      language: 'nl',
    },
    terms: {
      rates: rates('85.00', '95.00'),
      rounding: { stepMinutes: 15, minimumMinutes: 15 },
      paymentTermDays: 14,
      language: 'nl',
    },
  },
} as const satisfies Record<string, { company: CompanyInput; terms: Terms }>
export type CompanyKey = keyof typeof COMPANIES

interface DemoPerson {
  name: string
  email: string
  roles: readonly Role[]
  language: Language
  /** Of the house when missing. */
  company?: CompanyKey
  /** With a one-click link: what the sign-in page calls this part. */
  label?: string
}

export const PEOPLE = {
  anne: {
    name: 'Anne Lambert',
    email: 'anne@delvaux.example',
    roles: ['customer', 'billing'],
    language: 'fr',
    company: 'delvaux',
    label: 'cliente',
  },
  nathalie: {
    name: 'Nathalie Dubois',
    email: 'nathalie@delvaux.example',
    roles: ['customer'],
    language: 'fr',
    company: 'delvaux',
  },
  claire: {
    name: 'Claire Renard',
    email: 'claire@renard-avocats.example',
    roles: ['customer', 'manager', 'billing'],
    language: 'fr',
    company: 'renard',
    label: 'cliente, responsable',
  },
  hugo: {
    name: 'Hugo Lemaire',
    email: 'hugo@renard-avocats.example',
    roles: ['customer'],
    language: 'fr',
    company: 'renard',
  },
  pieter: {
    name: 'Pieter Vandenbroeck',
    email: 'pieter@garage-vandenbroeck.example',
    roles: ['customer', 'billing'],
    language: 'nl',
    company: 'vandenbroeck',
    label: 'client néerlandophone',
  },
  sofie: {
    name: 'Sofie Peeters',
    email: 'sofie@exeko.example',
    roles: ['agent'],
    language: 'fr',
    label: 'support',
  },
  thomas: { name: 'Thomas Lejeune', email: 'thomas@exeko.example', roles: ['agent'], language: 'fr' },
  karim: {
    name: 'Karim Benali',
    email: 'karim@exeko.example',
    roles: ['finance'],
    language: 'fr',
    label: 'facturation',
  },
  luc: {
    name: 'Luc Moreau',
    email: 'luc@exeko.example',
    roles: ['admin', 'agent', 'finance'],
    language: 'fr',
    label: 'administrateur',
  },
} as const satisfies Record<string, DemoPerson>
export type PersonKey = keyof typeof PEOPLE
export const personOf = (key: PersonKey): DemoPerson => PEOPLE[key]

export const SELLER: InputOf<typeof putSeller>['seller'] = {
  name: 'Exeko',
  legalName: 'Exeko',
  legalForm: 'SRL',
  vatNumber: 'BE0428759497',
  enterpriseNumber: '0428759497',
  registry: 'RPM Nivelles',
  address: { street: 'Avenue des Arts 8', zip: '1348', city: 'Louvain-la-Neuve', country: 'BE' },
  iban: 'BE68539007547034',
  bic: 'BBRUBEBB',
  email: 'compta@exeko.example',
  phone: '+32 10 00 00 00',
  vatRegime: 'normal',
  invoiceLanguage: 'fr',
}
