import { inThree } from './in-three.ts'

export const notificationTexts = inThree(
  {
    title: 'Notifications',
    empty: 'Il n’y a rien à afficher',
    emptyNext: 'Vous serez prévenu ici de chaque réponse et de chaque changement sur vos tickets.',
    mark: 'Marquer comme vu',
    markAll: 'Tout marquer comme vu',
    unread: 'non lue',
  },
  {
    title: 'Meldingen',
    empty: 'Er is niets om te tonen',
    emptyNext: 'Hier krijgt u bericht van elk antwoord en elke wijziging op uw tickets.',
    mark: 'Als gezien markeren',
    markAll: 'Alles als gezien markeren',
    unread: 'ongelezen',
  },
  {
    title: 'Notifications',
    empty: 'There are no records to show',
    emptyNext: 'You will be told here of every answer and every change on your tickets.',
    mark: 'Mark as viewed',
    markAll: 'Mark all as viewed',
    unread: 'unread',
  },
)
