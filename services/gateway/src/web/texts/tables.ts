/** Around any table that is brought along. */
import { inThree } from './in-three.ts'

export const tableTexts = inThree(
  {
    check: 'Vérifier',
    paste: 'Ou collez ici les lignes du tableau, en-têtes compris',
    pasteHint: 'Copiées telles quelles d’Excel ou d’un fichier CSV.',
    nothingYet: 'Rien n’est encore enregistré.',
    nothingNew: 'Il n’y a rien à enregistrer.',
    again: 'Choisir un autre tableau',
    mendHint:
      'Les lignes à corriger sont laissées de côté : corrigez-les et reprenez tout le tableau, le reste ne sera pas doublé.',
    line: 'Ligne',
    outcome: 'Résultat',
    outcomes: { new: 'nouvelle', known: 'déjà connue', faulty: 'à corriger' },
  },
  {
    check: 'Nakijken',
    paste: 'Of plak hier de regels van de tabel, met de kolomtitels',
    pasteHint: 'Zoals gekopieerd uit Excel of uit een CSV-bestand.',
    nothingYet: 'Er is nog niets bewaard.',
    nothingNew: 'Er is niets te bewaren.',
    again: 'Een andere tabel kiezen',
    mendHint:
      'Te verbeteren regels blijven liggen: verbeter ze en neem de hele tabel opnieuw, de rest wordt niet verdubbeld.',
    line: 'Regel',
    outcome: 'Resultaat',
    outcomes: { new: 'nieuw', known: 'al bekend', faulty: 'te verbeteren' },
  },
  {
    check: 'Look it over',
    paste: 'Or paste the lines of the table here, with their headings',
    pasteHint: 'As copied from Excel or from a CSV file.',
    nothingYet: 'Nothing is saved yet.',
    nothingNew: 'There is nothing to save.',
    again: 'Choose another table',
    mendHint:
      'Lines to mend are left aside: mend them and give the whole table again, the rest is not doubled.',
    line: 'Line',
    outcome: 'Outcome',
    outcomes: { new: 'new', known: 'known already', faulty: 'to be mended' },
  },
)
