import { inThree } from './in-three.ts'

export const importTexts = inThree(
  {
    title: 'Importer des clients',
    lead: 'Un fichier CSV, une personne par ligne. La première ligne nomme les colonnes : société, nom et email sont nécessaires ; tva, entreprise, rue, code postal, ville, pays, langue et rôles si vous les avez.',
    check: 'Vérifier le fichier',
    nothingYet: 'Rien n’est encore enregistré.',
    summary:
      '{{companies}} nouveaux clients, {{people}} nouvelles personnes, {{known}} déjà connues, {{faulty}} lignes à corriger',
    commit: 'Enregistrer et envoyer {{people}} e-mails de bienvenue',
    commitHint:
      'Les lignes à corriger sont laissées de côté : corrigez-les et importez à nouveau le même fichier.',
    again: 'Choisir un autre fichier',
    line: 'Ligne',
    company: 'Société',
    email: 'Adresse e-mail',
    outcome: 'Résultat',
    outcomes: { new: 'nouvelle', known: 'déjà connue', faulty: 'à corriger' },
    done: '{{people}} personnes enregistrées',
    onlyFaulty: 'Lignes à corriger',
  },
  {
    title: 'Klanten importeren',
    lead: 'Een CSV-bestand, één persoon per regel. De eerste regel noemt de kolommen: bedrijf, naam en email zijn nodig; btw, ondernemingsnummer, straat, postcode, plaats, land, taal en rollen als u ze hebt.',
    check: 'Bestand nakijken',
    nothingYet: 'Er is nog niets bewaard.',
    summary:
      '{{companies}} nieuwe klanten, {{people}} nieuwe personen, {{known}} al bekend, {{faulty}} regels te verbeteren',
    commit: 'Bewaren en {{people}} welkomstmails versturen',
    commitHint: 'Te verbeteren regels blijven liggen: verbeter ze en importeer hetzelfde bestand opnieuw.',
    again: 'Een ander bestand kiezen',
    line: 'Regel',
    company: 'Bedrijf',
    email: 'E-mailadres',
    outcome: 'Resultaat',
    outcomes: { new: 'nieuw', known: 'al bekend', faulty: 'te verbeteren' },
    done: '{{people}} personen geregistreerd',
    onlyFaulty: 'Te verbeteren regels',
  },
  {
    title: 'Import clients',
    lead: 'A CSV file, one person a line. The first line names the columns: company, name and email are needed; vat, enterprise number, street, zip, city, country, language and roles where you have them.',
    check: 'Look the file over',
    nothingYet: 'Nothing is saved yet.',
    summary:
      '{{companies}} new clients, {{people}} new people, {{known}} known already, {{faulty}} lines to mend',
    commit: 'Save and send {{people}} welcome mails',
    commitHint: 'Lines to mend are left aside: mend them and import the same file again.',
    again: 'Choose another file',
    line: 'Line',
    company: 'Company',
    email: 'Email address',
    outcome: 'Outcome',
    outcomes: { new: 'new', known: 'known already', faulty: 'to be mended' },
    done: '{{people}} people registered',
    onlyFaulty: 'Lines to mend',
  },
)
