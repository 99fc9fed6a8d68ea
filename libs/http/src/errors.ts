import type { ErrorTable } from '@guichet/contracts/failure'

/** What the door itself answers; everything else is worded by the table of the service that failed. */
export const httpErrors = {
  'invalid-input': {
    status: 400,
    text: {
      fr: 'La demande ne peut pas être lue telle quelle. Corrigez les champs indiqués.',
      nl: 'De aanvraag kan zo niet gelezen worden. Verbeter de aangeduide velden.',
      en: 'The request cannot be read as it is. Correct the fields named below.',
    },
  },
  unauthenticated: {
    status: 401,
    text: {
      fr: 'Connectez-vous pour continuer.',
      nl: 'Meld u aan om verder te gaan.',
      en: 'Sign in to continue.',
    },
  },
  forbidden: {
    status: 403,
    text: {
      fr: 'Votre rôle ne permet pas cette action.',
      nl: 'Uw rol laat deze handeling niet toe.',
      en: 'Your role does not allow this.',
    },
  },
  'second-factor-due': {
    status: 403,
    text: {
      fr: 'La double authentification est demandée à toute l’équipe. Activez-la dans « Mon compte » pour continuer.',
      nl: 'Tweestapsverificatie wordt van het hele team gevraagd. Schakel ze in onder “Mijn account” om verder te gaan.',
      en: 'Two-step sign-in is asked of the whole team. Turn it on in “My account” to continue.',
    },
  },
  'cross-origin': {
    status: 403,
    text: {
      fr: "La demande vient d'une autre page. Recommencez depuis le portail.",
      nl: 'De aanvraag komt van een andere pagina. Probeer opnieuw vanuit het portaal.',
      en: 'The request comes from another site. Start again from the portal.',
    },
  },
  'not-found': {
    status: 404,
    text: {
      fr: "Cette page n'existe pas ou ne vous est pas accessible.",
      nl: 'Deze pagina bestaat niet of is niet toegankelijk voor u.',
      en: 'This does not exist or is not yours to see.',
    },
  },
  'method-not-allowed': {
    status: 405,
    text: {
      fr: 'Cette méthode n’existe pas ici.',
      nl: 'Deze methode bestaat hier niet.',
      en: 'This method does not exist here.',
    },
  },
  'body-too-large': {
    status: 413,
    text: {
      fr: 'Envoi trop volumineux : {limit} au plus.',
      nl: 'Te groot: hoogstens {limit}.',
      en: 'Too large: at most {limit}.',
    },
  },
  'unsupported-media-type': {
    status: 415,
    text: {
      fr: 'Envoyez du JSON, ou un formulaire là où des fichiers sont acceptés.',
      nl: 'Stuur JSON, of een formulier waar bestanden aanvaard worden.',
      en: 'Send JSON, or a form where files are accepted.',
    },
  },
  'too-many-requests': {
    status: 429,
    retryable: true,
    text: {
      fr: 'Trop de demandes. Réessayez dans {retryAfterSeconds} s.',
      nl: 'Te veel aanvragen. Probeer opnieuw over {retryAfterSeconds} s.',
      en: 'Too many requests. Try again in {retryAfterSeconds} s.',
    },
  },
  busy: {
    status: 503,
    retryable: true,
    text: {
      fr: 'Le service est très sollicité. Réessayez dans un instant ; rien n’est perdu.',
      nl: 'De dienst is erg druk. Probeer zo dadelijk opnieuw; er gaat niets verloren.',
      en: 'The service is busy. Try again in a moment; nothing is lost.',
    },
  },
  unavailable: {
    status: 503,
    retryable: true,
    text: {
      fr: 'Une partie du service ne répond pas. Réessayez dans un instant ; rien n’est perdu.',
      nl: 'Een deel van de dienst antwoordt niet. Probeer zo dadelijk opnieuw; er gaat niets verloren.',
      en: 'A part of the service does not answer. Try again in a moment; nothing is lost.',
    },
  },
  internal: {
    status: 500,
    text: {
      fr: 'Une erreur inattendue est survenue. Elle est enregistrée ; réessayez, ou appelez le support.',
      nl: 'Er trad een onverwachte fout op. Ze is geregistreerd; probeer opnieuw of bel de support.',
      en: 'An unexpected error occurred. It is recorded; try again, or call support.',
    },
  },
} satisfies ErrorTable

/** The codes of single fields: those of libs/contracts/src/check.ts. Services add their own to their tables. */
export const fieldErrors = {
  required: { fr: 'Ce champ est obligatoire.', nl: 'Dit veld is verplicht.', en: 'This field is required.' },
  'unknown-field': {
    fr: 'Ce champ n’existe pas ici.',
    nl: 'Dit veld bestaat hier niet.',
    en: 'This field does not exist here.',
  },
  'too-short': {
    fr: 'Au moins {limit} caractères.',
    nl: 'Minstens {limit} tekens.',
    en: 'At least {limit} characters.',
  },
  'too-long': { fr: 'Au plus {limit}.', nl: 'Hoogstens {limit}.', en: 'At most {limit}.' },
  'too-few': { fr: 'Au moins {limit}.', nl: 'Minstens {limit}.', en: 'At least {limit}.' },
  'too-small': { fr: 'Au moins {limit}.', nl: 'Minstens {limit}.', en: 'At least {limit}.' },
  'too-large': { fr: 'Au plus {limit}.', nl: 'Hoogstens {limit}.', en: 'At most {limit}.' },
  'wrong-type': {
    fr: 'Ce n’est pas le bon type de valeur.',
    nl: 'Dit is niet het juiste soort waarde.',
    en: 'This is not the right type of value.',
  },
  'not-allowed': {
    fr: 'Cette valeur n’est pas permise.',
    nl: 'Deze waarde is niet toegestaan.',
    en: 'This value is not allowed.',
  },
  'unknown-cursor': {
    fr: 'Reprenez `next` de la page précédente, avec les mêmes filtres.',
    nl: 'Neem `next` van de vorige pagina, met dezelfde filters.',
    en: 'Take `next` of the page before, with the same filters.',
  },
  'invalid-format': {
    fr: 'Le format n’est pas le bon.',
    nl: 'De notatie klopt niet.',
    en: 'The format is not right.',
  },
} as const
