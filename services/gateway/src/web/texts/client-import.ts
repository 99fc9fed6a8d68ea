import { inThree } from './in-three.ts'

export const importTexts = inThree(
  {
    title: 'Importer des clients',
    lead: 'Un fichier CSV, une personne par ligne. La première ligne nomme les colonnes : société, nom et email sont nécessaires ; tva, numéro d’entreprise, rue, code postal, ville, pays, langue et rôles si vous les avez.',
    summary:
      '{{companies}} nouveaux clients, {{people}} nouvelles personnes, {{known}} déjà connues, {{faulty}} lignes à corriger',
    commit: 'Enregistrer et envoyer {{people}} e-mails de bienvenue',
    company: 'Société',
    email: 'Adresse e-mail',
    done: '{{people}} personnes enregistrées',
  },
  {
    title: 'Klanten importeren',
    lead: 'Een CSV-bestand, één persoon per regel. De eerste regel noemt de kolommen: bedrijf, naam en email zijn nodig; btw, ondernemingsnummer, straat, postcode, plaats, land, taal en rollen als u ze hebt.',
    summary:
      '{{companies}} nieuwe klanten, {{people}} nieuwe personen, {{known}} al bekend, {{faulty}} regels te verbeteren',
    commit: 'Bewaren en {{people}} welkomstmails versturen',
    company: 'Bedrijf',
    email: 'E-mailadres',
    done: '{{people}} personen geregistreerd',
  },
  {
    title: 'Import clients',
    lead: 'A CSV file, one person a line. The first line names the columns: company, name and email are needed; vat, enterprise number, street, zip, city, country, language and roles where you have them.',
    summary:
      '{{companies}} new clients, {{people}} new people, {{known}} known already, {{faulty}} lines to mend',
    commit: 'Save and send {{people}} welcome mails',
    company: 'Company',
    email: 'Email address',
    done: '{{people}} people registered',
  },
)
