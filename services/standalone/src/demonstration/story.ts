/** What the evaluation tells: a bakery with four shops and the computers that come with them. */
import type { InputOf } from '@guichet/contracts/definition'
import type { putSeller } from '@guichet/contracts/billing'
import type { CompanyInput } from '@guichet/contracts/identity'
import type { Priority } from '@guichet/contracts/ticket'

export const COMPANY: CompanyInput = {
  name: 'Boulangerie Delvaux',
  legalName: 'Boulangerie Delvaux SRL',
  vatNumber: 'BE0403019261',
  enterpriseNumber: '0403019261',
  address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' },
  language: 'fr',
}

export const PEOPLE = {
  customer: {
    name: 'Anne Lambert',
    email: 'anne@delvaux.example',
    roles: ['customer', 'billing'],
    label: 'cliente',
    ofHouse: false,
  },
  agent: {
    name: 'Sofie Peeters',
    email: 'sofie@exeko.example',
    roles: ['agent'],
    label: 'support',
    ofHouse: true,
  },
  finance: {
    name: 'Karim Benali',
    email: 'karim@exeko.example',
    roles: ['finance'],
    label: 'facturation',
    ofHouse: true,
  },
  admin: {
    name: 'Luc Moreau',
    email: 'luc@exeko.example',
    roles: ['admin', 'agent', 'finance'],
    label: 'administrateur',
    ofHouse: true,
  },
} as const

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

export interface DemoTicket {
  subject: string
  description: string
  priority: Priority
  messages: { from: 'agent' | 'customer'; text: string; internal?: boolean }[]
  prestations: {
    daysAgo: number
    minutes?: number
    quantity?: string
    kind: string
    description: string
    billable?: boolean
  }[]
  stays: 'new' | 'open' | 'waiting' | 'closed'
}

export const TICKETS: readonly DemoTicket[] = [
  {
    subject: 'La caisse du magasin de Wavre n’imprime plus les tickets',
    description:
      'Depuis ce matin la caisse 2 n’imprime plus rien. Le voyant orange clignote. Nous avons changé le rouleau.',
    priority: 'high',
    messages: [
      {
        from: 'agent',
        text: 'Bonjour Anne,\n\nLe voyant orange indique que le capot n’est pas enclenché. Pouvez-vous l’ouvrir et le refermer jusqu’au déclic ?',
      },
      { from: 'customer', text: 'C’était bien le capot, tout fonctionne. Merci !' },
    ],
    prestations: [
      { daysAgo: 34, minutes: 20, kind: 'À distance', description: 'Diagnostic de l’imprimante de caisse' },
    ],
    stays: 'closed',
  },
  {
    subject: 'Nouveau PC pour la comptabilité',
    description:
      'Le PC de Nathalie a sept ans et met dix minutes à démarrer. Pouvez-vous proposer un remplacement et reprendre ses documents ?',
    priority: 'normal',
    messages: [
      {
        from: 'agent',
        text: 'Bonjour Anne,\n\nJe vous ai envoyé une offre. Si elle vous convient, nous installons le poste jeudi matin et reprenons les documents et la messagerie.',
      },
      { from: 'customer', text: 'Parfait pour jeudi.' },
      { from: 'agent', text: 'Licence Office : reprendre celle de l’ancien poste.', internal: true },
    ],
    prestations: [
      {
        daysAgo: 32,
        minutes: 130,
        kind: 'Sur place',
        description: 'Installation du poste et reprise des documents',
      },
      {
        daysAgo: 32,
        quantity: '37',
        kind: 'Déplacement',
        description: 'Louvain-la-Neuve – Wavre, aller-retour',
      },
    ],
    stays: 'closed',
  },
  {
    subject: 'Le Wi-Fi de l’atelier coupe vers 5 h du matin',
    description: 'Les commandes en ligne n’arrivent plus à l’atelier entre 5 h et 6 h, presque chaque jour.',
    priority: 'high',
    messages: [
      {
        from: 'agent',
        text: 'Bonjour Anne,\n\nLa borne de l’atelier redémarre à 5 h pour une mise à jour qui échoue. Je la remplace demain et je surveille une semaine.',
      },
    ],
    prestations: [
      { daysAgo: 3, minutes: 45, kind: 'À distance', description: 'Analyse des journaux de la borne' },
    ],
    stays: 'waiting',
  },
  {
    subject: 'Créer une adresse pour notre nouvelle vendeuse',
    description:
      'Julie Maes commence lundi au magasin d’Ottignies. Il lui faut une adresse e-mail et l’accès aux horaires.',
    priority: 'normal',
    messages: [],
    prestations: [],
    stays: 'open',
  },
  {
    subject: 'Comment partager l’agenda des livraisons ?',
    description:
      'Je voudrais que les quatre magasins voient l’agenda des livraisons, sans pouvoir le modifier.',
    priority: 'low',
    messages: [],
    prestations: [],
    stays: 'new',
  },
]
