import type { ErrorTable } from '@guichet/contracts/failure'

export const errors: ErrorTable = {
  'not-found': {
    status: 404,
    text: {
      fr: 'Ce ticket n’est pas dans les archives.',
      nl: 'Dit ticket zit niet in het archief.',
      en: 'This ticket is not in the archive.',
    },
  },
  'archive-damaged': {
    status: 500,
    text: {
      fr: 'L’archive de ce ticket ne correspond plus à son empreinte. L’exploitation doit la restaurer d’une sauvegarde.',
      nl: 'Het archief van dit ticket komt niet meer overeen met zijn controlegetal. Het moet uit een back-up hersteld worden.',
      en: 'The archive of this ticket no longer matches its checksum. It has to be restored from a backup.',
    },
  },
}
