import type { ErrorTable } from '@guichet/contracts/failure'
import { NO_SUCH_DAY } from '@guichet/contracts/values/day'

const row = (status: number, fr: string, nl: string, en: string, smtp?: string) => ({
  status,
  text: { fr, nl, en },
  ...(smtp ? { smtp } : {}),
})

export const errors: ErrorTable = {
  'not-found': row(
    404,
    'Cet e-mail n’existe pas.',
    'Deze e-mail bestaat niet.',
    'This mail does not exist.',
    '550 5.1.1',
  ),
  'mail-settled': row(
    409,
    'Cet e-mail est déjà devenu un ticket ou un message : rien n’est refait.',
    'Deze e-mail is al een ticket of een bericht geworden: er wordt niets overgedaan.',
    'This mail has already become a ticket or a message: nothing is done twice.',
  ),
  'mail-not-resendable': row(
    409,
    'Cet e-mail est déjà parti ou encore en route : il n’y a rien à renvoyer.',
    'Deze e-mail is al vertrokken of nog onderweg: er valt niets opnieuw te versturen.',
    'This mail has left already or is on its way: there is nothing to send again.',
  ),
  'no-such-day': NO_SUCH_DAY,
  'requester-missing': row(
    422,
    'Choisissez pour qui ouvrir le ticket : l’expéditeur n’est pas enregistré.',
    'Kies voor wie het ticket is: de afzender is niet geregistreerd.',
    'Choose whom the ticket is for: the sender is not registered.',
  ),
  'store-unavailable': {
    ...row(
      503,
      'Réessayez dans un instant.',
      'Probeer zo dadelijk opnieuw.',
      'Try again in a moment.',
      '451 4.3.0',
    ),
    retryable: true,
  },
  'disk-full': {
    ...row(
      503,
      'Plus de place sur le disque : réessayez plus tard.',
      'Geen plaats meer op de schijf: probeer later opnieuw.',
      'No room left on the disk: try again later.',
      '452 4.3.1',
    ),
    retryable: true,
  },
  'too-many-connections': {
    ...row(
      429,
      'Trop de connexions à la fois.',
      'Te veel verbindingen tegelijk.',
      'Too many connections at once.',
      '421 4.7.0',
    ),
    retryable: true,
  },
  'too-slow': {
    ...row(408, 'E-mail trop lent.', 'E-mail te traag.', 'The mail took too long.', '421 4.4.2'),
    retryable: true,
  },
  'unknown-recipient': row(
    404,
    'Adresse inconnue ici.',
    'Adres hier onbekend.',
    'No such address here.',
    '550 5.1.1',
  ),
  'mail-too-large': row(413, 'E-mail trop volumineux.', 'E-mail te groot.', 'Mail too large.', '552 5.3.4'),
  'mail-loop': row(409, 'Boucle de courrier.', 'Maillus.', 'Mail loop.', '554 5.4.6'),
  'too-many-mails': {
    ...row(429, 'Trop d’e-mails.', 'Te veel e-mails.', 'Too many mails.', '450 4.7.1'),
    retryable: true,
  },
  'mail-login-refused': {
    ...row(
      503,
      'Le fournisseur de messagerie refuse la connexion.',
      'De mailprovider weigert de aanmelding.',
      'The mail provider refuses the sign-in.',
    ),
    retryable: true,
  },
  'dns-unavailable': {
    ...row(503, 'DNS indisponible.', 'DNS niet beschikbaar.', 'DNS unavailable.'),
    retryable: true,
  },
}
