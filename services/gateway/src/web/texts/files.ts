import { inThree } from './in-three.ts'

export const fileTexts = inThree(
  {
    attach: 'Joindre des fichiers',
    dropHint: 'ou déposez-les ici, ou collez une capture d’écran',
    remove: 'Retirer',
    pasted: 'Capture',
  },
  {
    attach: 'Bestanden toevoegen',
    dropHint: 'of sleep ze hierheen, of plak een schermafdruk',
    remove: 'Verwijderen',
    pasted: 'Schermafdruk',
  },
  {
    attach: 'Attach files',
    dropHint: 'or drop them here, or paste a screenshot',
    remove: 'Remove',
    pasted: 'Screenshot',
  },
)
