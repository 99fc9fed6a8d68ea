import type { ErrorTable } from '@guichet/contracts/failure'

/** What is wrong with lines of tables that are taken over; part of the service's own table. */
export const lineErrors = {
  'day-unreadable': {
    status: 422,
    text: {
      fr: 'Date illisible : écrivez 24/11/2026 ou 2026-11-24.',
      nl: 'Onleesbare datum: schrijf 24/11/2026 of 2026-11-24.',
      en: 'The date is not to be read: write 24/11/2026 or 2026-11-24.',
    },
  },
  'decimal-unreadable': {
    status: 422,
    text: {
      fr: 'Montant illisible : écrivez 1234,56.',
      nl: 'Onleesbaar bedrag: schrijf 1234,56.',
      en: 'The amount is not to be read: write 1234.56.',
    },
  },
  'thousand-or-decimal': {
    status: 422,
    text: {
      fr: 'Trois chiffres après un seul signe : milliers ou décimales ? Écrivez 1234,00 ou 1,23.',
      nl: 'Drie cijfers na één teken: duizendtal of decimalen? Schrijf 1234,00 of 1,23.',
      en: 'Three digits after a single sign: thousands or decimals? Write 1234.00 or 1.23.',
    },
  },
  'too-many-decimals': {
    status: 422,
    text: {
      fr: 'Trop de décimales : un montant en a deux.',
      nl: 'Te veel decimalen: een bedrag heeft er twee.',
      en: 'Too many decimals: an amount has two.',
    },
  },
  'amount-negative': {
    status: 422,
    text: {
      fr: 'Le montant ne peut pas être négatif.',
      nl: 'Het bedrag kan niet negatief zijn.',
      en: 'The amount cannot be negative.',
    },
  },
  'hours-unreadable': {
    status: 422,
    text: {
      fr: 'Heures illisibles : écrivez 12:20 ou 12,5.',
      nl: 'Onleesbare uren: schrijf 12:20 of 12,5.',
      en: 'The hours are not to be read: write 12:20 or 12.5.',
    },
  },
  'hours-not-whole-minutes': {
    status: 422,
    text: {
      fr: 'Ces heures ne font pas un nombre entier de minutes : écrivez-les comme 12:20.',
      nl: 'Deze uren zijn geen geheel aantal minuten: schrijf ze als 12:20.',
      en: 'These hours are no whole number of minutes: write them like 12:20.',
    },
  },
  'open-does-not-add-up': {
    status: 422,
    text: {
      fr: 'Le total moins le payé ne donne pas ce solde.',
      nl: 'Het totaal min het betaalde geeft dit saldo niet.',
      en: 'The total less what was paid does not give this balance.',
    },
  },
  'open-exceeds-total': {
    status: 422,
    text: {
      fr: 'Le solde dépasse le total.',
      nl: 'Het saldo is groter dan het totaal.',
      en: 'The balance is more than the total.',
    },
  },
  'currency-not-euro': {
    status: 422,
    text: {
      fr: 'Seules des factures en euros se reprennent (EUR).',
      nl: 'Alleen facturen in euro worden overgenomen (EUR).',
      en: 'Only invoices in euros are taken over (EUR).',
    },
  },
  'text-too-long': {
    status: 422,
    text: {
      fr: 'Ce texte est trop long.',
      nl: 'Deze tekst is te lang.',
      en: 'This text is too long.',
    },
  },
  'number-unfit': {
    status: 422,
    text: {
      fr: 'Un numéro a 40 signes au plus et pas de barre oblique : écrivez 2025-0412 pour 2025/0412.',
      nl: 'Een nummer heeft hoogstens 40 tekens en geen schuine streep: schrijf 2025-0412 voor 2025/0412.',
      en: 'A number has 40 characters at most and no slash: write 2025-0412 for 2025/0412.',
    },
  },
  'pack-over': {
    status: 422,
    text: {
      fr: 'Ce carnet n’est plus valable. S’il couvre encore du travail passé, donnez aussi son premier jour.',
      nl: 'Dit pakket is niet meer geldig. Dekt het nog voorbij werk, geef dan ook de eerste dag.',
      en: 'This pack is over. Where it still covers past work, give its first day too.',
    },
  },
  'pack-known-otherwise': {
    status: 422,
    text: {
      fr: 'Ce client a déjà un carnet repris sous cette référence ou pour ce dernier jour, avec d’autres heures ou une autre fin. Si c’en est un autre, donnez-lui une référence.',
      nl: 'Deze klant heeft al een overgenomen pakket met deze referentie of deze laatste dag, met andere uren of een ander einde. Is het een ander, geef het dan een referentie.',
      en: 'This client has a pack taken over already under this reference or for this last day, with other hours or another end. If this is another one, give it a reference.',
    },
  },
  'line-twice': {
    status: 422,
    text: {
      fr: 'C’est aussi la ligne {line} : une des deux est de trop, ou doit porter un autre numéro ou une référence.',
      nl: 'Dit is ook regel {line}: een van de twee is te veel, of heeft een ander nummer of een referentie nodig.',
      en: 'That is line {line} too: one of the two is too many, or needs another number or a reference.',
    },
  },
  'client-unknown': {
    status: 422,
    text: {
      fr: 'Aucun client ne correspond : écrivez son nom exact, son numéro de TVA ou d’entreprise, ou enregistrez-le d’abord.',
      nl: 'Geen klant gevonden: schrijf de juiste naam, het btw- of ondernemingsnummer, of registreer de klant eerst.',
      en: 'No client fits: write its exact name, its VAT or enterprise number, or register it first.',
    },
  },
  'client-ambiguous': {
    status: 422,
    text: {
      fr: 'Plusieurs clients correspondent : donnez à la fois le nom et le numéro, ou renommez-en un.',
      nl: 'Meerdere klanten passen: geef zowel de naam als het nummer, of hernoem er een.',
      en: 'Several clients fit: give both the name and the number, or rename one.',
    },
  },
  'client-contradicts-number': {
    status: 422,
    text: {
      fr: 'Le nom et le numéro sont ceux de clients différents.',
      nl: 'De naam en het nummer zijn van verschillende klanten.',
      en: 'The name and the number are those of different clients.',
    },
  },
} satisfies ErrorTable
