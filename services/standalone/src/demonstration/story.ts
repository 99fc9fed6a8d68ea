/**
 * What the evaluation tells: two months at the counter of an IT company, as they go. Times are working days before
 * today, so that it is always recent; the youngest tickets came minutes ago.
 */
import type { Priority } from '@guichet/contracts/ticket'
import type { PersonKey } from './people.ts'

/** Working days before today, and the hour in the house's zone; or minutes before now. */
export type When = readonly [workingDays: number, time: `${number}:${number}`] | { minutesAgo: number }

export type Act =
  | {
      by: PersonKey
      when: When
      says: string
      /** An internal note. */
      note?: true
      afterwards?: 'wait' | 'close'
      file?: { name: string; type: string; text: string }
    }
  | {
      by: PersonKey
      when: When
      works: string
      kind: 'À distance' | 'Sur place' | 'Déplacement'
      minutes?: number
      km?: string
      billable?: false
    }

export interface DemoTicket {
  by: PersonKey
  when: When
  subject: string
  description: string
  priority?: Priority
  /** Noted by staff after a call. */
  phoned?: PersonKey
  acts: readonly Act[]
}

export const CANNED_REPLIES: readonly (readonly [name: string, text: string])[] = [
  [
    'Prise de main à distance',
    'Bonjour {{client}},\n\nPuis-je prendre la main sur votre poste ? Ouvrez l’assistance rapide et dictez-moi le code affiché.\n\n{{agent}}',
  ],
  [
    'Redémarrer d’abord',
    'Bonjour {{client}},\n\nPouvez-vous redémarrer l’appareil et me dire si le problème revient ?\n\n{{agent}}',
  ],
  [
    'Terugkoppeling gevraagd',
    'Dag {{client}},\n\nWerkt alles weer zoals het hoort? Laat u niets weten, dan sluiten we ticket #{{number}} morgen.\n\n{{agent}}',
  ],
]

export const TICKETS: readonly DemoTicket[] = [
  {
    by: 'anne',
    when: [38, '07:52'],
    subject: 'La caisse du magasin de Wavre n’imprime plus les tickets',
    description:
      'Bonjour,\n\nDepuis ce matin la caisse 2 n’imprime plus rien. Le voyant orange clignote. Nous avons déjà changé le rouleau.\n\nAnne',
    priority: 'high',
    acts: [
      {
        by: 'sofie',
        when: [38, '08:11'],
        says: 'Bonjour Anne,\n\nLe voyant orange indique que le capot n’est pas enclenché. Pouvez-vous l’ouvrir et le refermer jusqu’au déclic ?',
      },
      { by: 'anne', when: [38, '08:26'], says: 'C’était bien le capot, tout fonctionne. Merci !' },
      {
        by: 'sofie',
        when: [38, '08:30'],
        works: 'Diagnostic de l’imprimante de caisse',
        kind: 'À distance',
        minutes: 20,
      },
      { by: 'sofie', when: [38, '08:32'], says: 'Avec plaisir. Bonne journée !', afterwards: 'close' },
    ],
  },
  {
    by: 'claire',
    when: [37, '10:05'],
    subject: 'Double authentification pour tout le cabinet',
    description:
      'Bonjour,\n\nL’Ordre nous recommande d’activer la double authentification sur les messageries. Nous sommes neuf. Comment procéder sans bloquer personne ?',
    acts: [
      {
        by: 'thomas',
        when: [37, '10:40'],
        says: 'Bonjour Maître,\n\nJe vous propose de le faire en trois groupes, un par jour, avec un mode d’emploi d’une page. Chacun garde son ancien accès jusqu’à ce que le nouveau fonctionne.',
      },
      {
        by: 'claire',
        when: [37, '11:20'],
        says: 'Parfait. Commencez par les collaborateurs, s’il vous plaît.',
      },
      {
        by: 'thomas',
        when: [35, '12:00'],
        works: 'Mise en place de la double authentification, premier groupe',
        kind: 'À distance',
        minutes: 95,
      },
      {
        by: 'thomas',
        when: [34, '11:30'],
        works: 'Double authentification, deuxième et troisième groupes',
        kind: 'À distance',
        minutes: 140,
      },
      {
        by: 'thomas',
        when: [34, '11:45'],
        says: 'Les neuf comptes sont protégés. Les codes de secours vous ont été remis sous enveloppe, un par personne.',
        afterwards: 'close',
      },
    ],
  },
  {
    by: 'anne',
    when: [34, '09:10'],
    subject: 'Nouveau PC pour la comptabilité',
    description:
      'Le PC de Nathalie a sept ans et met dix minutes à démarrer. Pouvez-vous proposer un remplacement et reprendre ses documents ?',
    acts: [
      {
        by: 'sofie',
        when: [34, '10:02'],
        says: 'Bonjour Anne,\n\nJe vous ai envoyé une offre. Si elle vous convient, nous installons le poste jeudi matin et reprenons les documents et la messagerie.',
      },
      { by: 'anne', when: [33, '08:15'], says: 'Parfait pour jeudi.' },
      {
        by: 'sofie',
        when: [33, '08:40'],
        says: 'Licence Office : reprendre celle de l’ancien poste.',
        note: true,
      },
      {
        by: 'sofie',
        when: [31, '12:10'],
        works: 'Installation du poste et reprise des documents',
        kind: 'Sur place',
        minutes: 130,
      },
      {
        by: 'sofie',
        when: [31, '12:12'],
        works: 'Louvain-la-Neuve – Wavre, aller-retour',
        kind: 'Déplacement',
        km: '37',
      },
      {
        by: 'sofie',
        when: [31, '13:30'],
        says: 'Le nouveau poste est en place. L’ancien reste une semaine dans l’armoire, au cas où il manquerait quelque chose.',
        afterwards: 'close',
      },
    ],
  },
  {
    by: 'pieter',
    when: [33, '08:20'],
    subject: 'Diagnosetoestel vindt de server niet meer',
    description:
      'Goedemorgen,\n\nHet diagnosetoestel in de werkplaats krijgt geen verbinding met de server sinds de stroompanne van gisteren. De andere pc’s werken wel.',
    priority: 'high',
    acts: [
      {
        by: 'sofie',
        when: [33, '08:50'],
        says: 'Dag Pieter,\n\nHet toestel kreeg na de panne een ander adres. Ik zet het vast; start het over vijf minuten opnieuw op.',
      },
      { by: 'pieter', when: [33, '09:05'], says: 'Werkt opnieuw, bedankt!' },
      {
        by: 'sofie',
        when: [33, '09:10'],
        works: 'Vast adres voor het diagnosetoestel',
        kind: 'À distance',
        minutes: 25,
      },
      { by: 'sofie', when: [33, '09:12'], says: 'Graag gedaan.', afterwards: 'close' },
    ],
  },
  {
    by: 'hugo',
    when: [29, '16:48'],
    subject: 'Impossible d’ouvrir les pièces d’un confrère (.p7m)',
    description:
      'Bonsoir,\n\nJe reçois des conclusions en .p7m et Windows ne sait pas les ouvrir. Audience demain à 9 h.',
    priority: 'urgent',
    acts: [
      {
        by: 'thomas',
        when: [29, '16:55'],
        says: 'Bonsoir,\n\nCe sont des documents signés : j’installe le lecteur à distance, laissez votre poste allumé encore un quart d’heure.',
      },
      {
        by: 'thomas',
        when: [29, '17:20'],
        works: 'Installation du lecteur de documents signés, vérification de la signature',
        kind: 'À distance',
        minutes: 30,
      },
      { by: 'hugo', when: [29, '17:31'], says: 'J’ai pu tout lire. Merci, vous me sauvez !' },
      { by: 'thomas', when: [28, '08:30'], says: 'Bonne audience !', afterwards: 'close' },
    ],
  },
  {
    by: 'nathalie',
    when: [27, '11:15'],
    subject: 'Le scanner envoie les factures dans le mauvais dossier',
    description:
      'Les factures fournisseurs numérisées arrivent dans « Anciens » au lieu de « À payer » depuis le nouveau PC.',
    acts: [
      {
        by: 'sofie',
        when: [27, '13:05'],
        says: 'Bonjour Nathalie,\n\nLe scanner pointait encore vers l’ancien poste. C’est corrigé et j’ai déplacé les quatorze factures arrivées depuis.',
      },
      {
        by: 'sofie',
        when: [27, '13:10'],
        works: 'Réglage du scanner vers le nouveau poste',
        kind: 'À distance',
        minutes: 20,
        billable: false,
      },
      { by: 'nathalie', when: [27, '13:40'], says: 'Merci, je les retrouve toutes.' },
      { by: 'sofie', when: [27, '13:41'], says: 'Parfait.', afterwards: 'close' },
    ],
  },
  {
    by: 'sofie',
    phoned: 'pieter',
    when: [24, '14:20'],
    subject: 'Nieuwe medewerker: mailbox en toegang tot de planning',
    description:
      'Telefonisch: Els De Smet start maandag aan de receptie. Mailbox, planning en de gedeelde map “Klanten”.',
    acts: [
      {
        by: 'thomas',
        when: [23, '09:30'],
        works: 'Account en rechten voor Els De Smet',
        kind: 'À distance',
        minutes: 40,
      },
      {
        by: 'thomas',
        when: [23, '09:34'],
        says: 'Dag Pieter,\n\nHet account van Els staat klaar. Ze kiest haar eigen wachtwoord bij de eerste aanmelding.',
        afterwards: 'close',
      },
    ],
  },
  {
    by: 'claire',
    when: [21, '09:02'],
    subject: 'Sauvegarde : que garde-t-on, et combien de temps ?',
    description:
      'Bonjour,\n\nNotre assureur demande une attestation sur nos sauvegardes : fréquence, lieu, durée, dernier essai de restauration.',
    acts: [
      {
        by: 'thomas',
        when: [21, '11:00'],
        says: 'Bonjour Maître,\n\nChaque nuit, chiffrée, dans deux lieux, gardée un an. Je fais un essai de restauration cette semaine et vous remets l’attestation signée.',
        afterwards: 'wait',
      },
      {
        by: 'thomas',
        when: [18, '15:30'],
        works: 'Essai de restauration complet et attestation',
        kind: 'À distance',
        minutes: 75,
      },
      {
        by: 'thomas',
        when: [18, '15:45'],
        says: 'L’essai a réussi : 412 Go relus en 2 h 10, sans erreur. L’attestation est jointe.',
        file: {
          name: 'attestation-sauvegarde.txt',
          type: 'text/plain',
          text: 'Attestation de sauvegarde\nRenard & Associés, Namur\n\nFréquence : chaque nuit à 1 h\nLieux : Louvain-la-Neuve et Bruxelles, chiffrés\nConservation : 12 mois\nDernier essai de restauration : complet, 412 Go en 2 h 10, sans erreur\n',
        },
        afterwards: 'close',
      },
    ],
  },
  {
    by: 'anne',
    when: [17, '06:31'],
    subject: 'Écran bleu sur la caisse d’Ottignies',
    description:
      'La caisse d’Ottignies redémarre toute seule avec un écran bleu, trois fois depuis l’ouverture.',
    priority: 'urgent',
    acts: [
      {
        by: 'sofie',
        when: [17, '07:02'],
        says: 'Bonjour Anne,\n\nJe prends la main dès maintenant. Encaissez sur la caisse 2 en attendant.',
      },
      {
        by: 'sofie',
        when: [17, '08:00'],
        works: 'Retrait d’une mise à jour fautive, contrôle du disque',
        kind: 'À distance',
        minutes: 50,
      },
      {
        by: 'sofie',
        when: [17, '08:05'],
        says: 'Une mise à jour de cette nuit était fautive : elle est retirée et bloquée sur toutes vos caisses. Je surveille jusqu’à demain.',
        afterwards: 'wait',
      },
      { by: 'anne', when: [16, '08:10'], says: 'Plus aucun redémarrage depuis. Merci !' },
      { by: 'sofie', when: [16, '08:40'], says: 'Bonne nouvelle, je ferme ce ticket.', afterwards: 'close' },
    ],
  },
  {
    by: 'pieter',
    when: [14, '17:05'],
    subject: 'Offertes vertrekken met het oude logo',
    description:
      'Ons nieuwe logo staat op de website maar de offertes uit het garageprogramma hebben nog het oude.',
    priority: 'low',
    acts: [
      {
        by: 'thomas',
        when: [13, '10:15'],
        works: 'Sjablonen van offerte, bestelbon en factuur aangepast',
        kind: 'À distance',
        minutes: 45,
      },
      {
        by: 'thomas',
        when: [13, '10:20'],
        says: 'Dag Pieter,\n\nOffertes, bestelbonnen en facturen hebben nu het nieuwe logo. Kijkt u even of de kleur goed staat op papier?',
      },
      { by: 'pieter', when: [13, '16:44'], says: 'Ziet er goed uit. Bedankt!' },
      { by: 'thomas', when: [12, '08:20'], says: 'Fijn zo.', afterwards: 'close' },
    ],
  },
  {
    by: 'hugo',
    when: [11, '10:30'],
    subject: 'Mots de passe : un coffre pour le cabinet ?',
    description:
      'Bonjour,\n\nNous partageons encore certains mots de passe par e-mail. Avez-vous une solution simple pour neuf personnes ?',
    priority: 'low',
    acts: [
      {
        by: 'sofie',
        when: [11, '14:00'],
        says: 'Bonjour Hugo,\n\nOui : un coffre partagé, avec un classeur par équipe. Je vous montre sur place, une petite heure suffit.',
      },
      { by: 'hugo', when: [10, '09:12'], says: 'Mardi après-midi conviendrait à tout le monde.' },
      {
        by: 'sofie',
        when: [8, '16:10'],
        works: 'Mise en service du coffre de mots de passe et formation',
        kind: 'Sur place',
        minutes: 85,
      },
      {
        by: 'sofie',
        when: [8, '16:12'],
        works: 'Louvain-la-Neuve – Namur, aller-retour',
        kind: 'Déplacement',
        km: '72',
      },
      {
        by: 'sofie',
        when: [8, '16:30'],
        says: 'Merci pour l’accueil. Chacun a reçu son accès ; changez les trois mots de passe que nous avons notés ensemble.',
        afterwards: 'close',
      },
    ],
  },
  {
    by: 'anne',
    when: [6, '05:48'],
    subject: 'Le Wi-Fi de l’atelier coupe vers 5 h du matin',
    description:
      'Les commandes en ligne n’arrivent plus à l’atelier entre 5 h et 6 h, presque chaque jour. Les boulangers doivent monter au bureau pour les lire.',
    priority: 'high',
    acts: [
      {
        by: 'sofie',
        when: [6, '08:05'],
        says: 'Bonjour Anne,\n\nLa borne de l’atelier redémarre à 5 h pour une mise à jour qui échoue. Je la remplace demain et je surveille une semaine.',
      },
      {
        by: 'sofie',
        when: [6, '08:50'],
        works: 'Analyse des journaux de la borne',
        kind: 'À distance',
        minutes: 45,
      },
      {
        by: 'sofie',
        when: [5, '10:00'],
        works: 'Remplacement de la borne de l’atelier',
        kind: 'Sur place',
        minutes: 60,
      },
      {
        by: 'sofie',
        when: [5, '10:02'],
        works: 'Louvain-la-Neuve – Wavre, aller-retour',
        kind: 'Déplacement',
        km: '37',
      },
      {
        by: 'sofie',
        when: [5, '10:20'],
        says: 'La nouvelle borne est posée. Je garde ce ticket en attente le temps de surveiller la semaine.',
        afterwards: 'wait',
      },
      {
        by: 'thomas',
        when: [4, '09:00'],
        says: 'Aucune coupure cette nuit d’après la supervision.',
        note: true,
      },
    ],
  },
  {
    by: 'claire',
    when: [5, '15:22'],
    subject: 'Accès d’une stagiaire pour trois mois',
    description:
      'Bonjour,\n\nÉmilie Noël nous rejoint lundi pour trois mois. Elle doit lire les dossiers de droit social, rien d’autre, et son accès doit s’éteindre tout seul à la fin.',
    acts: [
      {
        by: 'thomas',
        when: [4, '09:30'],
        says: 'Bonjour Maître,\n\nC’est prêt, avec une fin automatique dans trois mois. Souhaitez-vous qu’elle puisse aussi imprimer au premier étage ?',
      },
      {
        by: 'thomas',
        when: [4, '09:40'],
        works: 'Compte et droits de la stagiaire',
        kind: 'À distance',
        minutes: 25,
      },
      { by: 'claire', when: [1, '17:42'], says: 'Oui, l’imprimante du premier suffit. Merci.' },
    ],
  },
  {
    by: 'pieter',
    when: [3, '09:15'],
    subject: 'Trage verbinding in de showroom',
    description:
      'Sinds vorige week duurt het in de showroom soms een minuut voor een pagina opent. In de werkplaats is er niets aan de hand.',
    acts: [
      {
        by: 'thomas',
        when: [3, '10:00'],
        says: 'Dag Pieter,\n\nIk zie dat de tablets van de showroom op het gastennetwerk zitten. Ik zet ze vanavond na sluitingstijd om.',
        afterwards: 'wait',
      },
      {
        by: 'thomas',
        when: [3, '10:20'],
        works: 'Meting van het netwerk in de showroom',
        kind: 'À distance',
        minutes: 35,
      },
    ],
  },
  {
    by: 'nathalie',
    when: [2, '09:40'],
    subject: 'La signature de mes e-mails a disparu',
    description: 'Depuis la mise à jour d’hier, mes e-mails partent sans le logo ni l’adresse des magasins.',
    priority: 'low',
    acts: [
      {
        by: 'sofie',
        when: [2, '11:25'],
        says: 'Bonjour Nathalie,\n\nLa mise à jour a remis la signature par défaut. Je la rétablis ce midi ; rouvrez votre messagerie après.',
      },
      { by: 'sofie', when: [2, '12:40'], works: 'Signature rétablie', kind: 'À distance', minutes: 15 },
      {
        by: 'nathalie',
        when: [1, '08:50'],
        says: 'Le logo est revenu, mais l’adresse d’Ottignies manque encore.',
      },
    ],
  },
  {
    by: 'anne',
    when: [2, '14:05'],
    subject: 'Créer une adresse pour notre nouvelle vendeuse',
    description:
      'Julie Maes commence lundi au magasin d’Ottignies. Il lui faut une adresse e-mail et l’accès aux horaires.',
    acts: [
      {
        by: 'thomas',
        when: [2, '15:10'],
        says: 'Bonjour Anne,\n\nC’est noté. Faut-il aussi lui donner accès à l’agenda des livraisons ?',
      },
    ],
  },
  {
    by: 'claire',
    when: [1, '10:12'],
    subject: 'Renouvellement du certificat du site',
    description:
      'Le registraire m’annonce que le certificat de notre site expire dans douze jours. Est-ce pour vous ?',
    acts: [
      {
        by: 'sofie',
        when: [1, '10:45'],
        says: 'Bonjour Maître,\n\nOui, nous le renouvelons samedi matin, sans coupure visible. Vous n’avez rien à faire.',
        afterwards: 'wait',
      },
    ],
  },
  {
    by: 'anne',
    when: [1, '16:20'],
    subject: 'Comment partager l’agenda des livraisons ?',
    description:
      'Je voudrais que les quatre magasins voient l’agenda des livraisons, sans pouvoir le modifier.',
    priority: 'low',
    acts: [],
  },
  {
    by: 'hugo',
    when: { minutesAgo: 95 },
    subject: 'Visioconférence avec le tribunal : pas de son',
    description:
      'Bonjour,\n\nLors de l’essai avec le greffe, on ne m’entend pas. Le micro fonctionne dans Teams. L’audience est demain à 14 h.',
    priority: 'high',
    acts: [],
  },
  {
    by: 'pieter',
    when: { minutesAgo: 22 },
    subject: 'Printer van de receptie trekt twee vellen tegelijk',
    description:
      'De printer aan de receptie neemt vaak twee vellen samen. Is dat iets wat u vanop afstand kunt zien?',
    acts: [],
  },
]
