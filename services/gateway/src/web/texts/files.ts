import { inThree } from './in-three.ts'

export const fileTexts = inThree(
  {
    attach: 'Joindre des fichiers',
    dropHint: 'ou déposez-les ici, ou collez une capture d’écran',
    table: 'Choisir un fichier CSV',
    tableHint: 'ou déposez-le ici',
    remove: 'Retirer',
    pasted: 'Capture',
  },
  {
    attach: 'Bestanden toevoegen',
    dropHint: 'of sleep ze hierheen, of plak een schermafdruk',
    table: 'Een CSV-bestand kiezen',
    tableHint: 'of sleep het hierheen',
    remove: 'Verwijderen',
    pasted: 'Schermafdruk',
  },
  {
    attach: 'Attach files',
    dropHint: 'or drop them here, or paste a screenshot',
    table: 'Choose a CSV file',
    tableHint: 'or drop it here',
    remove: 'Remove',
    pasted: 'Screenshot',
  },
)
