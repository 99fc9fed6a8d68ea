import type { ErrorTable } from '@guichet/contracts/failure'

export const errors: ErrorTable = {
  'not-found': {
    status: 404,
    text: {
      fr: 'Cette notification n’existe pas ou n’est pas la vôtre.',
      nl: 'Deze melding bestaat niet of is niet van u.',
      en: 'This notification does not exist or is not yours.',
    },
  },
}
