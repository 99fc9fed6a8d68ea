/** What is coming on the next invoice. */
import { inThree } from './in-three.ts'

export const nextInvoiceTexts = inThree(
  {
    title: 'Prochaine facture',
    tab: 'En cours',
    toDate: 'À ce jour, {{day}}',
    hint: 'Ce qu’une facture établie aujourd’hui contiendrait. Rien n’est encore facturé : un travail peut s’ajouter ou être corrigé.',
    empty: 'Rien n’est à facturer',
    emptyText: 'Les prestations apparaissent ici dès qu’elles sont notées, ticket par ticket.',
    withoutPrice: 'Sans prix au contrat, donc pas encore compté : {{kinds}}.',
    hidden: 'Votre contrat ne montre pas les prestations avant la facture.',
    soFar: 'À facturer à ce jour',
    exclVat: '{{amount}} hors TVA',
    ticketCost: '{{amount}} hors TVA',
  },
  {
    title: 'Volgende factuur',
    tab: 'Lopend',
    toDate: 'Tot vandaag, {{day}}',
    hint: 'Wat een factuur van vandaag zou bevatten. Er is nog niets gefactureerd: er kan werk bijkomen of verbeterd worden.',
    empty: 'Er is niets te factureren',
    emptyText: 'Prestaties verschijnen hier zodra ze genoteerd zijn, ticket per ticket.',
    withoutPrice: 'Zonder prijs in het contract, dus nog niet meegeteld: {{kinds}}.',
    hidden: 'Uw contract toont de prestaties niet vóór de factuur.',
    soFar: 'Te factureren tot vandaag',
    exclVat: '{{amount}} excl. btw',
    ticketCost: '{{amount}} excl. btw',
  },
  {
    title: 'Next invoice',
    tab: 'In progress',
    toDate: 'To date, {{day}}',
    hint: 'What an invoice made today would hold. Nothing is invoiced yet: work may be added or corrected.',
    empty: 'There is nothing to invoice',
    emptyText: 'Work appears here as soon as it is noted, ticket by ticket.',
    withoutPrice: 'Without a price in the contract, so not counted yet: {{kinds}}.',
    hidden: 'Your contract does not show work before the invoice.',
    soFar: 'To be invoiced to date',
    exclVat: '{{amount}} excl. VAT',
    ticketCost: '{{amount}} excl. VAT',
  },
)
