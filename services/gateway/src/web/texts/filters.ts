/** What narrows the list of tickets, and is kept by a name. */
import { inThree } from './in-three.ts'

export const filterTexts = inThree(
  {
    filter: 'Filtrer',
    assignee: 'Suivi par',
    everyone: 'Tout le monde',
    show: 'Afficher',
    own: 'Vos filtres',
    keep: 'Garder ce filtre',
    name: 'Nom du filtre',
    save: 'Garder',
    remove: 'Retirer le filtre {{name}}',
    saved: 'Filtre gardé : « {{name}} »',
    removed: 'Filtre retiré',
  },
  {
    filter: 'Filteren',
    assignee: 'Opgevolgd door',
    everyone: 'Iedereen',
    show: 'Tonen',
    own: 'Uw filters',
    keep: 'Deze filter bewaren',
    name: 'Naam van de filter',
    save: 'Bewaren',
    remove: 'Filter {{name}} verwijderen',
    saved: 'Filter bewaard: „{{name}}”',
    removed: 'Filter verwijderd',
  },
  {
    filter: 'Filter',
    assignee: 'Assigned to',
    everyone: 'Everyone',
    show: 'Show',
    own: 'Your filters',
    keep: 'Keep this filter',
    name: 'Name of the filter',
    save: 'Keep',
    remove: 'Remove the filter {{name}}',
    saved: 'Filter kept: “{{name}}”',
    removed: 'Filter removed',
  },
)
