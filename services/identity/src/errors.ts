import type { ErrorTable } from '@guichet/contracts/failure'

const row = (status: number, fr: string, nl: string, en: string) => ({ status, text: { fr, nl, en } })

export const errors: ErrorTable = {
  'wrong-credentials': row(
    401,
    'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou demandez un nouveau mot de passe.',
    'Dit adres en dit wachtwoord horen niet bij elkaar. Kijk ze na of vraag een nieuw wachtwoord.',
    'This address and password do not go together. Check them, or ask for a new password.',
  ),
  unauthenticated: row(
    401,
    'Connectez-vous pour continuer.',
    'Meld u aan om verder te gaan.',
    'Sign in to continue.',
  ),
  'too-many-attempts': {
    ...row(
      429,
      'Trop d’essais. Réessayez dans {retryAfterSeconds} secondes.',
      'Te veel pogingen. Probeer opnieuw over {retryAfterSeconds} seconden.',
      'Too many attempts. Try again in {retryAfterSeconds} seconds.',
    ),
    retryable: true,
  },
  'token-gone': row(
    410,
    'Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau.',
    'Deze link is al gebruikt of niet meer geldig. Vraag een nieuwe.',
    'This link has been used or is no longer valid. Ask for a new one.',
  ),
  'token-revoked': row(
    409,
    'Ce jeton a été créé puis révoqué. Pour un nouveau jeton, prenez une nouvelle clé d’idempotence.',
    'Dit token is aangemaakt en daarna ingetrokken. Neem voor een nieuw token een nieuwe idempotentiesleutel.',
    'This token was created and then revoked. For a new token, take a new idempotency key.',
  ),
  'weak-password': row(
    422,
    'Ce mot de passe ne suit pas encore toutes les règles.',
    'Dit wachtwoord volgt nog niet alle regels.',
    'This password does not follow all the rules yet.',
  ),
  'password-too-short': row(422, 'Au moins 8 caractères.', 'Minstens 8 tekens.', 'At least 8 characters.'),
  'password-too-long': row(
    422,
    'Au plus 200 caractères.',
    'Hoogstens 200 tekens.',
    'At most 200 characters.',
  ),
  'password-no-lower-case': row(
    422,
    'Ajoutez une lettre minuscule.',
    'Voeg een kleine letter toe.',
    'Add a lower case letter.',
  ),
  'password-no-upper-case': row(
    422,
    'Ajoutez une lettre majuscule.',
    'Voeg een hoofdletter toe.',
    'Add an upper case letter.',
  ),
  'password-no-digit': row(422, 'Ajoutez un chiffre.', 'Voeg een cijfer toe.', 'Add a digit.'),
  'password-no-special': row(
    422,
    'Ajoutez un caractère spécial, par exemple ! ou ?.',
    'Voeg een speciaal teken toe, bijvoorbeeld ! of ?.',
    'Add a special character, for example ! or ?.',
  ),
  'password-common': row(
    422,
    'Ce mot de passe figure parmi les plus utilisés au monde. Choisissez-en un autre.',
    'Dit wachtwoord is een van de meest gebruikte ter wereld. Kies een ander.',
    'This password is among the most used in the world. Choose another.',
  ),
  'invalid-fields': row(
    422,
    'Corrigez les champs indiqués.',
    'Verbeter de aangeduide velden.',
    'Correct the fields named below.',
  ),
  'address-taken': row(
    409,
    'Cette adresse est déjà enregistrée.',
    'Dit adres is al geregistreerd.',
    'This address is already registered.',
  ),
  'address-invalid': row(
    422,
    'Ce n’est pas une adresse e-mail, par exemple prenom@societe.be.',
    'Dit is geen e-mailadres, bijvoorbeeld voornaam@bedrijf.be.',
    'This is not an email address, such as name@company.com.',
  ),
  'address-is-account': row(
    409,
    'C’est l’adresse du compte lui-même : elle ne peut pas être retirée.',
    'Dit is het adres van de account zelf: het kan niet verwijderd worden.',
    'This is the account’s own address: it cannot be removed.',
  ),
  'vat-number-invalid': row(
    422,
    'Ce numéro de TVA n’est pas correct, par exemple BE0403.019.261.',
    'Dit btw-nummer klopt niet, bijvoorbeeld BE0403.019.261.',
    'This VAT number is not right, for example BE0403.019.261.',
  ),
  'enterprise-number-invalid': row(
    422,
    'Ce numéro d’entreprise n’est pas correct : 10 chiffres, par exemple 0403.019.261.',
    'Dit ondernemingsnummer klopt niet: 10 cijfers, bijvoorbeeld 0403.019.261.',
    'This enterprise number is not right: 10 digits, for example 0403.019.261.',
  ),
  'roles-not-allowed': row(
    422,
    'Ces rôles ne vont pas avec ce compte.',
    'Deze rollen passen niet bij deze account.',
    'These roles do not fit this account.',
  ),
  'last-admin': row(
    409,
    'C’est le dernier administrateur actif : nommez-en un autre d’abord.',
    'Dit is de laatste actieve beheerder: benoem eerst een andere.',
    'This is the last active administrator: appoint another one first.',
  ),
  'not-invited': row(
    409,
    'Cette personne a déjà activé son accès.',
    'Deze persoon heeft de toegang al geactiveerd.',
    'This person has already activated their access.',
  ),
  forbidden: row(
    403,
    'Votre rôle ne permet pas cette action.',
    'Uw rol laat deze handeling niet toe.',
    'Your role does not allow this.',
  ),
  'not-found': row(
    404,
    'Ceci n’existe pas ou ne vous est pas accessible.',
    'Dit bestaat niet of is niet toegankelijk voor u.',
    'This does not exist or is not yours to see.',
  ),
}
