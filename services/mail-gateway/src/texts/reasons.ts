/** Why a mail ended where it did, in words staff understand. A code that is missing in a language does not compile. */
import type { MailReason as Reason } from '@guichet/contracts/mail'
import type { Language } from '@guichet/contracts/values/language'

const fr: Record<Reason, string> = {
  'too-large': 'L’e-mail dépasse la taille permise. Il est gardé tel quel.',
  'mail-loop': 'L’e-mail tourne en boucle entre deux serveurs.',
  'not-for-us': 'L’e-mail est dans notre boîte mais adressé à quelqu’un d’autre.',
  'own-mail': 'C’est un e-mail que nous avons envoyé nous-mêmes.',
  duplicate: 'Le même e-mail est déjà arrivé.',
  'same-id-other-content': 'Un autre e-mail porte le même identifiant mais dit autre chose.',
  bounce: 'Avis de non-remise d’un de nos e-mails.',
  'from-unreadable': 'L’expéditeur est illisible ou il y en a plusieurs.',
  'sealer-untrusted':
    'Transféré par un serveur à qui cette maison ne se fie pas : il certifie l’expéditeur (ARC), rien d’autre ne le prouve. S’il est digne de confiance, ajoutez son domaine à MAIL_TRUSTED_ARC_SEALERS.',
  'dmarc-refused': 'Le domaine de l’expéditeur demande de refuser cet e-mail (DMARC).',
  'signature-broken':
    'L’e-mail porte une signature du domaine de l’expéditeur, mais elle ne correspond plus au contenu : il a été modifié en chemin (transfert, liste de diffusion), ou c’est un faux. Demandez à l’expéditeur de l’envoyer directement.',
  'not-authenticated': 'Rien ne prouve que cet e-mail vient bien de l’expéditeur (ni SPF ni DKIM).',
  automatic: 'Envoi automatique (réponse d’absence, liste de diffusion).',
  'sender-unknown': 'L’expéditeur n’est pas enregistré. Enregistrez-le, puis rejouez l’e-mail.',
  'sender-inactive': 'Le compte de l’expéditeur est désactivé.',
  empty: 'L’e-mail est vide.',
  unparseable: 'L’e-mail n’a pas pu être lu.',
  'dropped-by-staff': 'Écarté par le support.',
}
const nl: Record<Reason, string> = {
  'too-large': 'De e-mail is groter dan toegestaan. Hij wordt bewaard zoals hij is.',
  'mail-loop': 'De e-mail draait in een lus tussen twee servers.',
  'not-for-us': 'De e-mail ligt in onze mailbox maar is aan iemand anders gericht.',
  'own-mail': 'Dit is een e-mail die we zelf verstuurd hebben.',
  duplicate: 'Dezelfde e-mail is al aangekomen.',
  'same-id-other-content': 'Een andere e-mail heeft hetzelfde kenmerk maar zegt iets anders.',
  bounce: 'Bericht dat een van onze e-mails niet bezorgd kon worden.',
  'from-unreadable': 'De afzender is onleesbaar of er zijn er meerdere.',
  'sealer-untrusted':
    'Doorgestuurd door een server die dit huis niet vertrouwt: hij staat in voor de afzender (ARC), niets anders bewijst hem. Is hij betrouwbaar, voeg zijn domein toe aan MAIL_TRUSTED_ARC_SEALERS.',
  'dmarc-refused': 'Het domein van de afzender vraagt deze e-mail te weigeren (DMARC).',
  'signature-broken':
    'De e-mail draagt een handtekening van het domein van de afzender, maar ze past niet meer bij de inhoud: hij is onderweg gewijzigd (doorgestuurd, mailinglijst), of hij is vals. Vraag de afzender om hem rechtstreeks te sturen.',
  'not-authenticated': 'Niets bewijst dat deze e-mail echt van de afzender komt (SPF noch DKIM).',
  automatic: 'Automatisch verstuurd (afwezigheidsbericht, mailinglijst).',
  'sender-unknown': 'De afzender is niet geregistreerd. Registreer hem en verwerk de e-mail opnieuw.',
  'sender-inactive': 'De account van de afzender is uitgeschakeld.',
  empty: 'De e-mail is leeg.',
  unparseable: 'De e-mail kon niet gelezen worden.',
  'dropped-by-staff': 'Verworpen door support.',
}
const en: Record<Reason, string> = {
  'too-large': 'The mail is larger than allowed. It is kept as it is.',
  'mail-loop': 'The mail goes round in a loop between two servers.',
  'not-for-us': 'The mail lies in our mailbox but is addressed to somebody else.',
  'own-mail': 'This is a mail that we sent ourselves.',
  duplicate: 'The same mail has arrived before.',
  'same-id-other-content': 'Another mail has the same Message-ID but says something else.',
  bounce: 'Notice that one of our mails could not be delivered.',
  'from-unreadable': 'The sender cannot be read, or there are several.',
  'sealer-untrusted':
    'Passed on by a server that this house does not trust: it vouches for the sender (ARC), nothing else proves them. If it deserves trust, add its domain to MAIL_TRUSTED_ARC_SEALERS.',
  'dmarc-refused': 'The sender’s domain asks for this mail to be refused (DMARC).',
  'signature-broken':
    'The mail bears a signature of the sender’s domain that no longer fits what it says: it was changed on its way (forwarded, mailing list), or it is forged. Ask the sender to send it directly.',
  'not-authenticated': 'Nothing proves that this mail comes from its sender (neither SPF nor DKIM).',
  automatic: 'Sent automatically (out of office, mailing list).',
  'sender-unknown': 'The sender is not registered. Register them, then replay the mail.',
  'sender-inactive': 'The sender’s account is switched off.',
  empty: 'The mail is empty.',
  unparseable: 'The mail could not be read.',
  'dropped-by-staff': 'Dropped by support.',
}
const ALL = { fr, nl, en }

export const reasonText = (reason: Reason, language: Language): string => ALL[language][reason]
