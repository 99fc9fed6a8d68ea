import type { ErrorTable } from '@guichet/contracts/failure'
import { NO_SUCH_DAY } from '@guichet/contracts/values/day'
import { tableErrors } from '@guichet/service/given-table'
import { lineErrors } from './taking-over-errors.ts'

/** Also the codes of single fields, and the reasons of an invoice run. */
export const errors = {
  ...tableErrors,
  ...lineErrors,
  'not-found': {
    status: 404,
    text: {
      fr: 'Cet élément n’existe pas ou ne vous est pas accessible.',
      nl: 'Dit bestaat niet of is niet toegankelijk voor u.',
      en: 'This does not exist or is not yours to see.',
    },
  },
  'ticket-without-company': {
    status: 409,
    text: {
      fr: 'Le ticket {ticket} n’appartient à aucun client : il n’y a personne à qui facturer ce temps. Encodez-le sur le ticket d’un client.',
      nl: 'Ticket {ticket} hoort bij geen enkele klant: er is niemand om deze tijd aan te factureren. Registreer ze op het ticket van een klant.',
      en: 'Ticket {ticket} belongs to no client: there is nobody to bill this time to. Log it on a client’s ticket.',
    },
  },
  'prestation-invoiced': {
    status: 409,
    text: {
      fr: 'Cette prestation figure sur la facture {invoice} : elle ne change plus. Corrigez-la par une note de crédit.',
      nl: 'Deze prestatie staat op factuur {invoice} en kan niet meer wijzigen. Corrigeer ze met een creditnota.',
      en: 'This entry is on invoice {invoice} and can no longer change. Correct it with a credit note.',
    },
  },
  'prestation-drafted': {
    status: 409,
    text: {
      fr: 'Cette prestation est sur un projet de facture pour {company}. Retirez-en la ligne ou supprimez le projet, puis corrigez la prestation.',
      nl: 'Deze prestatie staat op een ontwerpfactuur voor {company}. Haal de regel eraf of verwijder het ontwerp, en verbeter dan de prestatie.',
      en: 'This entry is on a draft invoice for {company}. Take its line off or throw the draft away, then correct the entry.',
    },
  },
  'prestation-not-billable': {
    status: 409,
    text: {
      fr: 'Cette prestation n’est pas facturable : il n’y a rien à retenir.',
      nl: 'Deze prestatie is niet factureerbaar: er is niets om achter te houden.',
      en: 'This entry is not billable: there is nothing to hold back.',
    },
  },
  'invoice-issued': {
    status: 409,
    text: {
      fr: 'Cette facture est émise : elle ne change plus. Corrigez-la par une note de crédit.',
      nl: 'Deze factuur is uitgereikt en kan niet meer wijzigen. Corrigeer ze met een creditnota.',
      en: 'This invoice is issued and can no longer change. Correct it with a credit note.',
    },
  },
  'invoice-not-issued': {
    status: 409,
    text: {
      fr: 'C’est encore un projet : émettez d’abord la facture.',
      nl: 'Dit is nog een ontwerp: reik de factuur eerst uit.',
      en: 'This is still a draft: issue the invoice first.',
    },
  },
  'invoice-changed-meanwhile': {
    status: 409,
    retryable: true,
    text: {
      fr: 'Quelqu’un d’autre travaille sur ce projet en ce moment. Relisez-le et recommencez.',
      nl: 'Iemand anders werkt nu aan dit ontwerp. Bekijk het opnieuw en probeer nogmaals.',
      en: 'Somebody else is at this draft right now. Look at it again and try once more.',
    },
  },
  'invoice-empty': {
    status: 409,
    text: {
      fr: 'Ce projet n’a aucune ligne : il n’y a rien à facturer.',
      nl: 'Dit ontwerp heeft geen regels: er valt niets te factureren.',
      en: 'This draft has no lines: there is nothing to invoice.',
    },
  },
  'invoice-total-negative': {
    status: 409,
    text: {
      fr: 'Le total est négatif ({amount} EUR). Une facture ne peut pas l’être : faites une note de crédit sur la facture d’origine.',
      nl: 'Het totaal is negatief ({amount} EUR). Dat kan niet op een factuur: maak een creditnota op de oorspronkelijke factuur.',
      en: 'The total is negative ({amount} EUR). An invoice cannot be: credit the original invoice instead.',
    },
  },
  'seller-missing': {
    status: 409,
    text: {
      fr: 'Il manque des données de votre société pour émettre une facture : {fields}. Complétez-les dans les réglages du vendeur.',
      nl: 'Er ontbreken gegevens van uw onderneming om een factuur uit te reiken: {fields}. Vul ze aan in de verkopersinstellingen.',
      en: 'Details of your own company are missing before an invoice can be issued: {fields}. Complete them in the seller settings.',
    },
  },
  'seller-charges-no-vat': {
    status: 409,
    text: {
      fr: 'Vous facturez sans TVA (franchise ou exemption), mais une ligne en porte. Corrigez les lignes ou le régime du vendeur.',
      nl: 'U factureert zonder btw (vrijstelling), maar een regel draagt btw. Verbeter de regels of het stelsel van de verkoper.',
      en: 'You charge no VAT (franchise or exemption), but a line bears some. Correct the lines or the seller’s regime.',
    },
  },
  'buyer-missing': {
    status: 409,
    text: {
      fr: 'Il manque des données du client {company} pour émettre cette facture : {fields}. Complétez sa fiche.',
      nl: 'Er ontbreken gegevens van klant {company} om deze factuur uit te reiken: {fields}. Vul zijn fiche aan.',
      en: 'Details of client {company} are missing before this invoice can be issued: {fields}. Complete its record.',
    },
  },
  'buyer-number-wrong': {
    status: 409,
    text: {
      fr: 'Le numéro {number} du client {company} n’est pas valable. Corrigez sa fiche.',
      nl: 'Het nummer {number} van klant {company} is niet geldig. Verbeter zijn fiche.',
      en: 'The number {number} of client {company} is not valid. Correct its record.',
    },
  },
  'payment-term-too-long': {
    status: 409,
    text: {
      fr: 'Entre entreprises, le délai de paiement est de {limit} jours au plus.',
      nl: 'Tussen ondernemingen is de betalingstermijn hoogstens {limit} dagen.',
      en: 'Between businesses the payment term is {limit} days at most.',
    },
  },
  'electronic-invoice-unsound': {
    status: 409,
    text: {
      fr: 'La facture électronique ne respecterait pas les règles Peppol ({rules}) : rien n’a été émis, aucun numéro n’a été pris. Corrigez le projet d’après les points indiqués.',
      nl: 'De elektronische factuur zou de Peppol-regels niet naleven ({rules}): er is niets uitgereikt en geen nummer gebruikt. Verbeter het ontwerp volgens de vermelde punten.',
      en: 'The electronic invoice would break Peppol rules ({rules}): nothing was issued and no number was taken. Correct the draft as pointed out.',
    },
  },
  'ubl-shape': {
    status: 409,
    text: {
      fr: 'L’élément {where} manque, est vide ou n’est pas à sa place (règle {rule}).',
      nl: 'Element {where} ontbreekt, is leeg of staat niet op zijn plaats (regel {rule}).',
      en: 'Element {where} is missing, empty or out of place (rule {rule}).',
    },
  },
  'ubl-amount': {
    status: 409,
    text: {
      fr: 'Un montant de {where} ne correspond pas à ce dont il se compose (règle {rule}).',
      nl: 'Een bedrag van {where} stemt niet overeen met de delen ervan (regel {rule}).',
      en: 'An amount of {where} is not what its parts make (rule {rule}).',
    },
  },
  'ubl-vat': {
    status: 409,
    text: {
      fr: 'La TVA de {where} ne correspond pas à ses lignes, à son taux ou à sa catégorie (règle {rule}).',
      nl: 'De btw van {where} stemt niet overeen met de regels, het tarief of de categorie (regel {rule}).',
      en: 'The VAT of {where} does not fit its lines, its rate or its category (rule {rule}).',
    },
  },
  'ubl-party': {
    status: 409,
    text: {
      fr: 'Un numéro ou une adresse électronique manque ou n’est pas valable dans {where} (règle {rule}).',
      nl: 'Een nummer of elektronisch adres ontbreekt of is ongeldig in {where} (regel {rule}).',
      en: 'A number or an electronic address is missing or wrong in {where} (rule {rule}).',
    },
  },
  'logo-too-large': {
    status: 422,
    text: {
      fr: 'Ce logo est trop lourd : 300 Ko au plus, car il accompagne chaque facture.',
      nl: 'Dit logo is te zwaar: hoogstens 300 kB, want het staat op elke factuur.',
      en: 'This logo is too heavy: 300 kB at most, for it goes with every invoice.',
    },
  },
  'logo-not-an-image': {
    status: 422,
    text: {
      fr: 'Ce fichier n’est ni une image PNG ni une image JPEG.',
      nl: 'Dit bestand is geen PNG- of JPEG-afbeelding.',
      en: 'This file is neither a PNG nor a JPEG picture.',
    },
  },
  'logo-unreadable': {
    status: 422,
    text: {
      fr: 'Cette image ne se laisse pas imprimer. Enregistrez-la en PNG simple (non entrelacé), puis renvoyez-la.',
      nl: 'Deze afbeelding kan niet worden afgedrukt. Bewaar ze als gewone PNG (niet interlaced) en stuur ze opnieuw.',
      en: 'This picture cannot be printed. Save it as a plain PNG (not interlaced) and send it again.',
    },
  },
  'invoice-not-late': {
    status: 409,
    text: {
      fr: 'Cette facture n’est pas en retard de paiement : il n’y a rien à rappeler.',
      nl: 'Deze factuur is niet te laat: er valt niets te herinneren.',
      en: 'This invoice is not overdue: there is nothing to remind of.',
    },
  },
  'already-reminded': {
    status: 409,
    text: {
      fr: 'Un rappel est déjà parti aujourd’hui pour cette facture.',
      nl: 'Vandaag is er voor deze factuur al een herinnering verstuurd.',
      en: 'A reminder of this invoice has already left today.',
    },
  },
  'no-reminder-left': {
    status: 409,
    text: {
      fr: 'Les trois rappels de cette facture sont partis. La suite se règle en dehors du portail.',
      nl: 'De drie herinneringen voor deze factuur zijn verstuurd. Het vervolg gebeurt buiten het portaal.',
      en: 'All three reminders of this invoice have left. What follows is settled outside the portal.',
    },
  },
  'reminders-too-close': {
    status: 422,
    text: {
      fr: 'Laissez sept jours entre deux rappels : ici {days} jours au moins.',
      nl: 'Laat zeven dagen tussen twee herinneringen: hier minstens {days} dagen.',
      en: 'Leave seven days between two reminders: here {days} days at least.',
    },
  },
  'period-too-long': {
    status: 422,
    text: {
      fr: 'Un export couvre un an au plus. Faites-en deux.',
      nl: 'Een export omvat hoogstens een jaar. Maak er twee.',
      en: 'An export covers a year at most. Make two.',
    },
  },
  'access-point-unreachable': {
    status: 503,
    retryable: true,
    text: {
      fr: 'Le point d’accès ne répond pas pour l’instant. L’envoi est retenté de lui-même.',
      nl: 'Het toegangspunt antwoordt momenteel niet. De verzending wordt vanzelf opnieuw geprobeerd.',
      en: 'The access point does not answer for now. Sending is tried again by itself.',
    },
  },
  'access-point-refused': {
    status: 409,
    text: {
      fr: 'Le point d’accès a refusé ce document. Lisez sa raison, corrigez ce qu’elle vise, puis relancez l’envoi.',
      nl: 'Het toegangspunt heeft dit document geweigerd. Lees de reden, verbeter waar ze op slaat en verzend opnieuw.',
      en: 'The access point refused this document. Read its reason, mend what it is about, then send again.',
    },
  },
  'recipient-not-on-network': {
    status: 409,
    text: {
      fr: 'Ce client ne reçoit pas de factures par Peppol : il reçoit le PDF et le fichier XML par e-mail.',
      nl: 'Deze klant ontvangt geen facturen via Peppol: hij krijgt de pdf en het XML-bestand per e-mail.',
      en: 'This client takes no invoices over Peppol: it gets the PDF and the XML by mail.',
    },
  },
  'delivery-not-failed': {
    status: 409,
    text: {
      fr: 'L’envoi de cette facture n’a pas échoué : il n’y a rien à relancer.',
      nl: 'De verzending van deze factuur is niet mislukt: er valt niets opnieuw te verzenden.',
      en: 'Sending this invoice has not failed: there is nothing to try again.',
    },
  },
  'no-electronic-invoice': {
    status: 404,
    text: {
      fr: 'Il n’y a pas de facture électronique : {company} n’a ni numéro d’entreprise ni numéro de TVA.',
      nl: 'Er is geen elektronische factuur: {company} heeft geen ondernemings- of btw-nummer.',
      en: 'There is no electronic invoice: {company} has neither an enterprise nor a VAT number.',
    },
  },
  'credit-note-fixed': {
    status: 409,
    text: {
      fr: 'Une note de crédit ne se modifie pas et ne se supprime pas.',
      nl: 'Een creditnota kan niet gewijzigd of verwijderd worden.',
      en: 'A credit note is neither changed nor thrown away.',
    },
  },
  'credit-note-not-creditable': {
    status: 409,
    text: {
      fr: 'Une note de crédit ne se crédite pas : créditez ou refaites la facture.',
      nl: 'Een creditnota kan niet gecrediteerd worden: crediteer of hermaak de factuur.',
      en: 'A credit note cannot be credited: credit or redo the invoice.',
    },
  },
  'credit-note-not-payable': {
    status: 409,
    text: {
      fr: 'Un paiement s’enregistre sur une facture, pas sur une note de crédit.',
      nl: 'Een betaling wordt op een factuur geregistreerd, niet op een creditnota.',
      en: 'A payment is recorded on an invoice, not on a credit note.',
    },
  },
  'nothing-left-to-credit': {
    status: 409,
    text: {
      fr: 'Cette facture est déjà entièrement créditée.',
      nl: 'Deze factuur is al volledig gecrediteerd.',
      en: 'This invoice is already credited in full.',
    },
  },
  'credit-exceeds-invoice': {
    status: 409,
    text: {
      fr: 'Cela créditerait {amount} EUR de plus que ce qui a été facturé (une remise s’applique à l’ensemble). Créditez la facture entière.',
      nl: 'Dat zou {amount} EUR meer crediteren dan gefactureerd is (er geldt een korting op het geheel). Crediteer de hele factuur.',
      en: 'That would credit {amount} EUR more than was invoiced (a discount applies to the whole). Credit the whole invoice.',
    },
  },
  'credit-not-positive': {
    status: 409,
    text: {
      fr: 'Ces lignes donneraient une note de crédit négative. Créditez-les avec celles qu’elles réduisent.',
      nl: 'Deze regels zouden een negatieve creditnota geven. Crediteer ze samen met de regels die ze verminderen.',
      en: 'These lines would make a negative credit note. Credit them together with those they reduce.',
    },
  },
  'invoice-taken-over': {
    status: 409,
    text: {
      fr: 'Cette facture vient d’un autre logiciel : son PDF, son XML et ses notes de crédit s’y trouvent.',
      nl: 'Deze factuur komt uit een ander programma: de pdf, de xml en de creditnota’s staan daar.',
      en: 'This invoice comes from another system: its PDF, XML and credit notes are there.',
    },
  },
  'invoice-not-taken-over': {
    status: 409,
    text: {
      fr: 'Une facture émise ici ne se supprime pas : corrigez-la par une note de crédit.',
      nl: 'Een hier uitgereikte factuur wordt niet verwijderd: verbeter ze met een creditnota.',
      en: 'An invoice issued here is not deleted: correct it by a credit note.',
    },
  },
  'invoice-has-history': {
    status: 409,
    text: {
      fr: 'Un paiement ou un rappel a déjà été noté pour cette facture : elle ne peut plus être retirée.',
      nl: 'Voor deze factuur is al een betaling of een herinnering genoteerd: ze kan niet meer teruggenomen worden.',
      en: 'A payment or a reminder has been noted for this invoice: it can no longer be withdrawn.',
    },
  },
  'invoice-number-used': {
    status: 409,
    text: {
      fr: 'Le numéro {number} est déjà celui d’une autre facture, d’un autre client ou d’un autre montant.',
      nl: 'Het nummer {number} is al dat van een andere factuur, van een andere klant of met een ander bedrag.',
      en: 'The number {number} is that of another invoice already, of another client or amount.',
    },
  },
  'number-taken-over': {
    status: 409,
    text: {
      fr: 'Le numéro {number} est celui d’une facture reprise d’un autre logiciel. Faites avancer la numérotation dans les réglages.',
      nl: 'Het nummer {number} is dat van een factuur uit een ander programma. Zet de nummering verder in de instellingen.',
      en: 'The number {number} is that of an invoice taken over from another system. Move the numbering on in the settings.',
    },
  },
  'nothing-left-to-pay': {
    status: 422,
    text: {
      fr: 'Le montant payé doit être inférieur au total : une facture payée n’est pas à reprendre.',
      nl: 'Het betaalde bedrag moet kleiner zijn dan het totaal: een betaalde factuur hoeft niet overgenomen te worden.',
      en: 'What was paid must be less than the total: a paid invoice is not taken over.',
    },
  },
  'day-in-the-future': {
    status: 422,
    text: {
      fr: 'Ce jour est encore à venir.',
      nl: 'Die dag moet nog komen.',
      en: 'That day is still to come.',
    },
  },
  'pack-has-invoice': {
    status: 409,
    text: {
      fr: 'Ce carnet a été vendu ici : jetez le brouillon de sa facture, ou créditez-la.',
      nl: 'Dit pakket is hier verkocht: gooi het ontwerp van zijn factuur weg, of crediteer ze.',
      en: 'This pack was sold here: throw the draft of its invoice away, or credit it.',
    },
  },
  'pack-in-use': {
    status: 409,
    text: {
      fr: 'Des heures de ce carnet sont déjà utilisées : il ne peut plus être retiré.',
      nl: 'Er zijn al uren van dit pakket gebruikt: het kan niet meer teruggenomen worden.',
      en: 'Hours of this pack are already used: it can no longer be withdrawn.',
    },
  },
  'held-back': {
    status: 409,
    text: {
      fr: 'Des prestations sont retenues : le passage les a laissées de côté.',
      nl: 'Er zijn prestaties achtergehouden: de ronde liet ze terzijde.',
      en: 'Entries are held back: the run left them aside.',
    },
  },
  'time-classes-overlap': {
    status: 422,
    text: {
      fr: 'Les heures doivent se suivre : fin de nuit, début puis fin des heures de bureau, début de nuit.',
      nl: 'De uren moeten op elkaar volgen: einde van de nacht, begin en einde van de kantooruren, begin van de nacht.',
      en: 'The hours must follow one another: end of the night, start and end of office hours, start of the night.',
    },
  },
  'kind-without-price': {
    status: 422,
    text: {
      fr: 'Le contrat n’a pas de prix pour ce genre de prestation.',
      nl: 'Het contract heeft geen prijs voor dit soort prestatie.',
      en: 'The contract names no price for this kind of work.',
    },
  },
  'company-unknown': {
    status: 422,
    text: {
      fr: 'Ce client n’existe plus.',
      nl: 'Deze klant bestaat niet meer.',
      en: 'This client no longer exists.',
    },
  },
  'minutes-or-quantity': {
    status: 422,
    text: {
      fr: 'Donnez soit des minutes, soit une quantité.',
      nl: 'Geef ofwel minuten, ofwel een aantal.',
      en: 'Give either minutes or a quantity.',
    },
  },
  'quantity-zero': {
    status: 422,
    text: {
      fr: 'La quantité doit dépasser zéro.',
      nl: 'Het aantal moet groter zijn dan nul.',
      en: 'The quantity must be more than zero.',
    },
  },
  'no-such-day': NO_SUCH_DAY,
  'day-too-late': {
    status: 422,
    text: {
      fr: 'Cette date est trop loin dans l’avenir.',
      nl: 'Deze datum ligt te ver in de toekomst.',
      en: 'This day is too far in the future.',
    },
  },
  'version-in-the-past': {
    status: 422,
    text: {
      fr: 'Un changement de contrat ne touche pas les mois passés : au plus tôt le premier de ce mois.',
      nl: 'Een contractwijziging raakt de voorbije maanden niet: ten vroegste de eerste van deze maand.',
      en: 'A change of the contract does not touch past months: the first of this month at the earliest.',
    },
  },
  'version-over-billed-work': {
    status: 422,
    text: {
      fr: 'Du travail de ce jour ou d’après est déjà sur une facture ou un brouillon. Choisissez un jour plus tard, ou supprimez d’abord le brouillon.',
      nl: 'Werk van die dag of later staat al op een factuur of een ontwerp. Kies een latere dag, of gooi eerst het ontwerp weg.',
      en: 'Work of that day or after is on an invoice or a draft already. Choose a later day, or throw the draft away first.',
    },
  },
  'day-too-early': {
    status: 422,
    text: {
      fr: 'Cette date est trop ancienne.',
      nl: 'Deze datum ligt te ver in het verleden.',
      en: 'This day is too long ago.',
    },
  },
  'ends-before-it-begins': {
    status: 422,
    text: {
      fr: 'La fin précède le début.',
      nl: 'Het einde ligt voor het begin.',
      en: 'It ends before it begins.',
    },
  },
  'fee-twice': {
    status: 422,
    text: {
      fr: 'Ce forfait est déjà dans le contrat.',
      nl: 'Dit forfait staat al in het contract.',
      en: 'This fee is in the contract already.',
    },
  },
  'fee-backwards': {
    status: 422,
    text: {
      fr: 'Le dernier mois vient avant le premier.',
      nl: 'De laatste maand valt voor de eerste.',
      en: 'The last month comes before the first.',
    },
  },
  'rate-twice': {
    status: 422,
    text: {
      fr: 'Ce genre a déjà un prix dans cette unité.',
      nl: 'Dit soort heeft al een prijs in deze eenheid.',
      en: 'This kind has a price in this unit already.',
    },
  },
  'no-such-line': {
    status: 422,
    text: {
      fr: 'Cette ligne n’existe pas sur ce document, ou est donnée deux fois.',
      nl: 'Deze regel bestaat niet op dit document, of is tweemaal vermeld.',
      en: 'There is no such line on this document, or it is given twice.',
    },
  },
  'not-left-to-credit': {
    status: 422,
    text: {
      fr: 'Il reste {left} à créditer sur cette ligne.',
      nl: 'Op deze regel blijft {left} te crediteren.',
      en: '{left} is left to credit on this line.',
    },
  },
  'vat-category-needed': {
    status: 422,
    text: {
      fr: 'À 0 %, dites pourquoi il n’y a pas de TVA : autoliquidation (AE) ou exonération (E).',
      nl: 'Bij 0 %: zeg waarom er geen btw is: verlegging (AE) of vrijstelling (E).',
      en: 'At 0 %, say why there is no VAT: reverse charge (AE) or exemption (E).',
    },
  },
  'vat-rate-not-zero': {
    status: 422,
    text: {
      fr: 'Sans TVA (autoliquidation ou exonération), le taux est 0.',
      nl: 'Zonder btw (verlegging of vrijstelling) is het tarief 0.',
      en: 'Without VAT (reverse charge or exemption) the rate is 0.',
    },
  },
  'covered-by-pack': {
    status: 422,
    text: {
      fr: 'Cette ligne est couverte par un carnet : retirez-la pour la facturer autrement.',
      nl: 'Deze regel is gedekt door een pakket: haal ze weg om ze anders te factureren.',
      en: 'This line is covered by a pack: take it off to bill it otherwise.',
    },
  },
  'amount-too-large': {
    status: 422,
    text: {
      fr: 'Ce montant est trop grand.',
      nl: 'Dit bedrag is te groot.',
      en: 'This amount is too large.',
    },
  },
  'amount-not-positive': {
    status: 422,
    text: {
      fr: 'Le montant doit dépasser zéro.',
      nl: 'Het bedrag moet groter zijn dan nul.',
      en: 'The amount must be more than zero.',
    },
  },
  'amount-zero': {
    status: 422,
    text: {
      fr: 'Le montant ne peut pas être zéro.',
      nl: 'Het bedrag mag niet nul zijn.',
      en: 'The amount cannot be zero.',
    },
  },
  'more-than-was-paid': {
    status: 422,
    text: {
      fr: 'On ne peut pas reprendre plus que ce qui a été payé.',
      nl: 'Er kan niet meer teruggenomen worden dan betaald is.',
      en: 'No more can be taken back than was paid.',
    },
  },
  'number-used': {
    status: 422,
    text: {
      fr: 'Ce numéro est déjà donné : le suivant est au moins {next}.',
      nl: 'Dit nummer is al gegeven: het volgende is minstens {next}.',
      en: 'This number was given already: the next is {next} at least.',
    },
  },
  'prefixes-meet': {
    status: 422,
    text: {
      fr: 'Avec ce préfixe, deux documents pourraient recevoir le même numéro. Choisissez-en un qui diffère autrement que par des chiffres à la fin.',
      nl: 'Met dit voorvoegsel zouden twee documenten hetzelfde nummer kunnen krijgen. Kies er een dat niet enkel door cijfers op het einde verschilt.',
      en: 'With this prefix two documents could get the same number. Choose one that differs by more than digits at its end.',
    },
  },
  'vat-number-wrong': {
    status: 422,
    text: {
      fr: 'Ce numéro de TVA n’est pas valable.',
      nl: 'Dit btw-nummer is niet geldig.',
      en: 'This VAT number is not valid.',
    },
  },
  'enterprise-number-wrong': {
    status: 422,
    text: {
      fr: 'Ce numéro d’entreprise n’est pas valable (10 chiffres, avec contrôle).',
      nl: 'Dit ondernemingsnummer is niet geldig (10 cijfers, met controle).',
      en: 'This enterprise number is not valid (10 digits, with check).',
    },
  },
  'iban-wrong': {
    status: 422,
    text: {
      fr: 'Cet IBAN n’est pas valable.',
      nl: 'Deze IBAN is niet geldig.',
      en: 'This IBAN is not valid.',
    },
  },
  'bic-wrong': {
    status: 422,
    text: {
      fr: 'Ce BIC n’est pas valable.',
      nl: 'Deze BIC is niet geldig.',
      en: 'This BIC is not valid.',
    },
  },
} satisfies ErrorTable
