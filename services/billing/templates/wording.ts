/** What stands on an invoice, in the seat's four possible languages. One key missing is a compile error. */
import type { TimeClass } from '@guichet/contracts/billing'
import { amount, day, type DocumentLanguage } from './figures.ts'

export interface Wording {
  invoice: string
  creditNote: string
  number: string
  date: string
  due: string
  period: string
  reference: string
  communication: string
  creditsInvoice: (number: string, on: string) => string
  to: string
  vat: string
  enterprise: string
  ticket: string
  subject: string
  requester: string
  other: string
  columns: {
    date: string
    description: string
    worked: string
    billed: string
    price: string
    vat: string
    amount: string
  }
  subtotal: string
  discount: (percent: string) => string
  covered: string
  /** Of time that the rounding of its day has paid for. */
  withinDay: string
  /** What an hour outside office hours puts on the price. */
  surcharge: (timeClass: Exclude<TimeClass, 'office'>, percent: string) => string
  /** Over the list of tickets. */
  overview: string
  page: (page: number, of: number) => string
  allowances: string
  balance: {
    title: string
    valid: (from: string, until: string) => string
    sold: string
    used: string
    left: string
  }
  vatTable: { rate: string; taxable: string; vat: string }
  net: string
  gross: string
  prepaid: string
  toPay: string
  payableBy: (day: string) => string
  toCredit: string
  totalVat: string
  payment: string
  payTo: string
  iban: string
  before: (day: string) => string
  nothingToPay: string
  scan: string
  /** Read aloud in the place of the code. */
  code: (amount: string, iban: string) => string
  attachment: string
  units: { hour: string; km: string; piece: string }
  carriedOn: string
  pack: (hours: string, from: string, until: string) => string
  /** The client reads another language than the seller's seat: the text that counts is the seat's. */
  translation: string
  /** In short, beside a rate of 0. */
  withoutVat: Record<'reverse-charge' | 'franchise' | 'exempt', string>
  legal: {
    late: (indemnity: string) => string
    reverseCharge: string
    franchise: string
    exempt: string
    creditNote: string
  }
}

const fr: Wording = {
  invoice: 'Facture',
  creditNote: 'Note de crédit',
  number: 'Numéro',
  date: 'Date',
  due: 'Échéance',
  period: 'Période de prestation',
  reference: 'Votre référence',
  communication: 'Communication',
  creditsInvoice: (number, on) => `Crédite la facture ${number} du ${on}`,
  to: 'Facturé à',
  vat: 'TVA',
  enterprise: 'N° d’entreprise',
  ticket: 'Ticket',
  subject: 'Objet',
  requester: 'demandé par',
  other: 'Autres lignes',
  columns: {
    date: 'Date',
    description: 'Prestation',
    worked: 'Presté',
    billed: 'Facturé',
    price: 'Prix',
    vat: 'TVA',
    amount: 'Montant',
  },
  subtotal: 'Sous-total',
  discount: (percent) => `remise ${percent} %`,
  covered: 'couvert par votre carnet de prestations',
  withinDay: 'compris dans l’arrondi du jour',
  surcharge: (timeClass, percent) =>
    `${{ evening: 'soirée', night: 'nuit', weekend: 'week-end', holiday: 'jour férié' }[timeClass]} + ${percent} %`,
  overview: 'En bref',
  balance: {
    title: 'Votre carnet de prestations',
    valid: (from, until) => `du ${from} au ${until}`,
    sold: 'Acheté',
    used: 'Utilisé ici',
    left: 'Solde',
  },
  allowances: 'Remises',
  vatTable: { rate: 'Taux', taxable: 'Base', vat: 'TVA' },
  net: 'Total hors TVA',
  gross: 'Total TVA comprise',
  prepaid: 'Déjà payé',
  toPay: 'À payer',
  payableBy: (on) => `À payer pour le ${on}`,
  toCredit: 'À vous créditer',
  totalVat: 'TVA',
  payment: 'Paiement',
  payTo: 'Bénéficiaire',
  iban: 'IBAN',
  before: (on) => `À payer pour le ${on} au plus tard.`,
  nothingToPay: 'Rien à payer.',
  scan: 'Payer par l’appli de votre banque',
  code: (toPay, iban) => `Code QR de virement : ${toPay} sur le compte ${iban}`,
  attachment: 'Facture électronique (UBL)',
  page: (page, of) => `Page ${page} / ${of}`,
  units: { hour: 'h', km: 'km', piece: 'pièce' },
  carriedOn: 'suite',
  pack: (hours, from, until) => `Carnet de prestations : ${hours}, valable du ${from} au ${until}`,
  translation: 'Traduction ; la version originale des mentions légales fait foi.',
  withoutVat: { 'reverse-charge': 'autoliquidation', franchise: 'franchise', exempt: 'exemptée' },
  legal: {
    late: (indemnity) =>
      `En cas de retard de paiement, un intérêt au taux de la loi du 2 août 2002 et une indemnité forfaitaire de ${indemnity} EUR sont dus de plein droit et sans mise en demeure.`,
    reverseCharge: 'Autoliquidation : TVA due par le cocontractant (art. 196 de la directive 2006/112/CE).',
    franchise: 'Régime particulier de franchise des petites entreprises : TVA non applicable.',
    exempt: 'Opération exemptée de la TVA (art. 44 du Code de la TVA).',
    creditNote: 'TVA à reverser à l’État dans la mesure où elle a été initialement déduite.',
  },
}

const nl: Wording = {
  invoice: 'Factuur',
  creditNote: 'Creditnota',
  number: 'Nummer',
  date: 'Datum',
  due: 'Vervaldag',
  period: 'Prestatieperiode',
  reference: 'Uw referentie',
  communication: 'Mededeling',
  creditsInvoice: (number, on) => `Crediteert factuur ${number} van ${on}`,
  to: 'Gefactureerd aan',
  vat: 'Btw',
  enterprise: 'Ondernemingsnr.',
  ticket: 'Ticket',
  subject: 'Onderwerp',
  requester: 'aangevraagd door',
  other: 'Andere regels',
  columns: {
    date: 'Datum',
    description: 'Prestatie',
    worked: 'Gewerkt',
    billed: 'Gefactureerd',
    price: 'Prijs',
    vat: 'Btw',
    amount: 'Bedrag',
  },
  subtotal: 'Subtotaal',
  discount: (percent) => `korting ${percent} %`,
  covered: 'gedekt door uw urenpakket',
  withinDay: 'begrepen in de afronding van de dag',
  surcharge: (timeClass, percent) =>
    `${{ evening: 'avond', night: 'nacht', weekend: 'weekend', holiday: 'feestdag' }[timeClass]} + ${percent} %`,
  overview: 'In het kort',
  balance: {
    title: 'Uw urenpakket',
    valid: (from, until) => `van ${from} tot ${until}`,
    sold: 'Aangekocht',
    used: 'Hier gebruikt',
    left: 'Saldo',
  },
  allowances: 'Kortingen',
  vatTable: { rate: 'Tarief', taxable: 'Maatstaf', vat: 'Btw' },
  net: 'Totaal excl. btw',
  gross: 'Totaal incl. btw',
  prepaid: 'Reeds betaald',
  toPay: 'Te betalen',
  payableBy: (on) => `Te betalen vóór of op ${on}`,
  toCredit: 'U te crediteren',
  totalVat: 'Btw',
  payment: 'Betaling',
  payTo: 'Begunstigde',
  iban: 'IBAN',
  before: (on) => `Te betalen uiterlijk op ${on}.`,
  nothingToPay: 'Niets te betalen.',
  scan: 'Betaal met uw bankapp',
  code: (toPay, iban) => `QR-code voor overschrijving: ${toPay} op rekening ${iban}`,
  attachment: 'Elektronische factuur (UBL)',
  page: (page, of) => `Pagina ${page} / ${of}`,
  units: { hour: 'u', km: 'km', piece: 'stuk' },
  carriedOn: 'vervolg',
  pack: (hours, from, until) => `Urenpakket: ${hours}, geldig van ${from} tot ${until}`,
  translation: 'Vertaling; de oorspronkelijke versie van de wettelijke vermeldingen geldt.',
  withoutVat: { 'reverse-charge': 'btw verlegd', franchise: 'vrijstellingsregeling', exempt: 'vrijgesteld' },
  legal: {
    late: (indemnity) =>
      `Bij laattijdige betaling zijn van rechtswege en zonder ingebrekestelling interest volgens de wet van 2 augustus 2002 en een forfaitaire vergoeding van ${indemnity} EUR verschuldigd.`,
    reverseCharge: 'Btw verlegd: btw te voldoen door de medecontractant (art. 196 Richtlijn 2006/112/EG).',
    franchise: 'Bijzondere vrijstellingsregeling kleine ondernemingen: btw niet toepasselijk.',
    exempt: 'Handeling vrijgesteld van btw (art. 44 Btw-wetboek).',
    creditNote:
      'Btw terug te storten aan de Staat in de mate waarin ze oorspronkelijk in aftrek werd gebracht.',
  },
}

const en: Wording = {
  invoice: 'Invoice',
  creditNote: 'Credit note',
  number: 'Number',
  date: 'Date',
  due: 'Due',
  period: 'Service period',
  reference: 'Your reference',
  communication: 'Payment reference',
  creditsInvoice: (number, on) => `Credits invoice ${number} of ${on}`,
  to: 'Billed to',
  vat: 'VAT',
  enterprise: 'Enterprise no.',
  ticket: 'Ticket',
  subject: 'Subject',
  requester: 'requested by',
  other: 'Other lines',
  columns: {
    date: 'Date',
    description: 'Service',
    worked: 'Worked',
    billed: 'Billed',
    price: 'Price',
    vat: 'VAT',
    amount: 'Amount',
  },
  subtotal: 'Subtotal',
  discount: (percent) => `discount ${percent}%`,
  covered: 'covered by your prepaid hours',
  withinDay: 'within the rounding of the day',
  surcharge: (timeClass, percent) =>
    `${{ evening: 'evening', night: 'night', weekend: 'weekend', holiday: 'public holiday' }[timeClass]} + ${percent}%`,
  overview: 'At a glance',
  balance: {
    title: 'Your prepaid hours',
    valid: (from, until) => `${from} to ${until}`,
    sold: 'Bought',
    used: 'Used here',
    left: 'Balance',
  },
  allowances: 'Discounts',
  vatTable: { rate: 'Rate', taxable: 'Base', vat: 'VAT' },
  net: 'Total excl. VAT',
  gross: 'Total incl. VAT',
  prepaid: 'Already paid',
  toPay: 'To pay',
  payableBy: (on) => `To pay by ${on}`,
  toCredit: 'Credited to you',
  totalVat: 'VAT',
  payment: 'Payment',
  payTo: 'Payee',
  iban: 'IBAN',
  before: (on) => `To be paid by ${on}.`,
  nothingToPay: 'Nothing to pay.',
  scan: 'Pay with your bank’s app',
  code: (toPay, iban) => `QR code for a transfer of ${toPay} to account ${iban}`,
  attachment: 'Electronic invoice (UBL)',
  page: (page, of) => `Page ${page} / ${of}`,
  units: { hour: 'h', km: 'km', piece: 'piece' },
  carriedOn: 'continued',
  pack: (hours, from, until) => `Prepaid hours: ${hours}, valid from ${from} to ${until}`,
  translation: 'Translation; the original version of the legal mentions is binding.',
  withoutVat: { 'reverse-charge': 'reverse charge', franchise: 'small enterprise', exempt: 'exempt' },
  legal: {
    late: (indemnity) =>
      `Late payment bears, without notice, interest at the rate of the Belgian law of 2 August 2002 and a lump sum of ${indemnity} EUR.`,
    reverseCharge: 'Reverse charge: VAT due by the customer (art. 196 of Directive 2006/112/EC).',
    franchise: 'Special exemption scheme for small enterprises: VAT not applicable.',
    exempt: 'Exempt from VAT (art. 44 of the Belgian VAT Code).',
    creditNote: 'VAT to be repaid to the State to the extent that it was originally deducted.',
  },
}

const de: Wording = {
  invoice: 'Rechnung',
  creditNote: 'Gutschrift',
  number: 'Nummer',
  date: 'Datum',
  due: 'Fällig am',
  period: 'Leistungszeitraum',
  reference: 'Ihr Zeichen',
  communication: 'Mitteilung',
  creditsInvoice: (number, on) => `Gutschrift zur Rechnung ${number} vom ${on}`,
  to: 'Rechnung an',
  vat: 'MwSt.',
  enterprise: 'Unternehmensnr.',
  ticket: 'Ticket',
  subject: 'Betreff',
  requester: 'angefragt von',
  other: 'Weitere Posten',
  columns: {
    date: 'Datum',
    description: 'Leistung',
    worked: 'Geleistet',
    billed: 'Berechnet',
    price: 'Preis',
    vat: 'MwSt.',
    amount: 'Betrag',
  },
  subtotal: 'Zwischensumme',
  discount: (percent) => `Rabatt ${percent} %`,
  covered: 'durch Ihr Stundenpaket gedeckt',
  withinDay: 'in der Rundung des Tages enthalten',
  surcharge: (timeClass, percent) =>
    `${{ evening: 'Abend', night: 'Nacht', weekend: 'Wochenende', holiday: 'Feiertag' }[timeClass]} + ${percent} %`,
  overview: 'Auf einen Blick',
  balance: {
    title: 'Ihr Stundenpaket',
    valid: (from, until) => `${from} bis ${until}`,
    sold: 'Gekauft',
    used: 'Hier genutzt',
    left: 'Guthaben',
  },
  allowances: 'Rabatte',
  vatTable: { rate: 'Satz', taxable: 'Grundlage', vat: 'MwSt.' },
  net: 'Summe ohne MwSt.',
  gross: 'Summe mit MwSt.',
  prepaid: 'Bereits bezahlt',
  toPay: 'Zu zahlen',
  payableBy: (on) => `Zu zahlen bis ${on}`,
  toCredit: 'Ihnen gutgeschrieben',
  totalVat: 'MwSt.',
  payment: 'Zahlung',
  payTo: 'Empfänger',
  iban: 'IBAN',
  before: (on) => `Zahlbar bis spätestens ${on}.`,
  nothingToPay: 'Nichts zu zahlen.',
  scan: 'Mit Ihrer Bank-App zahlen',
  code: (toPay, iban) => `QR-Code für die Überweisung von ${toPay} auf das Konto ${iban}`,
  attachment: 'Elektronische Rechnung (UBL)',
  page: (page, of) => `Seite ${page} / ${of}`,
  units: { hour: 'Std.', km: 'km', piece: 'Stück' },
  carriedOn: 'Fortsetzung',
  pack: (hours, from, until) => `Stundenpaket: ${hours}, gültig vom ${from} bis ${until}`,
  translation: 'Übersetzung; maßgeblich ist die Originalfassung der gesetzlichen Angaben.',
  withoutVat: { 'reverse-charge': 'Reverse Charge', franchise: 'Kleinunternehmen', exempt: 'befreit' },
  legal: {
    late: (indemnity) =>
      `Bei Zahlungsverzug sind von Rechts wegen und ohne Mahnung Zinsen gemäß dem Gesetz vom 2. August 2002 und eine Pauschale von ${indemnity} EUR geschuldet.`,
    reverseCharge: 'Steuerschuldnerschaft des Leistungsempfängers (Art. 196 der Richtlinie 2006/112/EG).',
    franchise: 'Sonderregelung der Steuerbefreiung für Kleinunternehmen: MwSt. nicht anwendbar.',
    exempt: 'Von der MwSt. befreit (Art. 44 des MwSt.-Gesetzbuches).',
    creditNote: 'MwSt. ist dem Staat zu erstatten, soweit sie ursprünglich abgezogen wurde.',
  },
}

export const wording: Record<DocumentLanguage, Wording> = { fr, nl, en, de }

/** What the sale of a pack is called on its invoice. */
export function packLine(
  language: DocumentLanguage,
  { minutes, validFrom, validUntil }: { minutes: number; validFrom: string; validUntil: string },
): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const length = rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
  return wording[language].pack(length, day(validFrom, language), day(validUntil, language))
}

/** The mentions that the law wants on this document, in one language. */
export function legalMentions(
  language: DocumentLanguage,
  facts: {
    reasons: readonly ('reverse-charge' | 'franchise' | 'exempt')[]
    creditNote: boolean
    lateIndemnity: string
    /** A private person owes no interest by that law: it is between businesses. */
    toBusiness: boolean
  },
): string[] {
  const { legal } = wording[language]
  const texts = { 'reverse-charge': legal.reverseCharge, franchise: legal.franchise, exempt: legal.exempt }
  return [
    ...facts.reasons.map((reason) => texts[reason]),
    ...(facts.creditNote ? [legal.creditNote] : []),
    ...(!facts.creditNote && facts.toBusiness ? [legal.late(amount(facts.lateIndemnity, language))] : []),
  ]
}
