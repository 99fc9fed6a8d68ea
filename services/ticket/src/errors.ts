import type { ErrorTable } from '@guichet/contracts/failure'

const row = (status: number, fr: string, nl: string, en: string) => ({ status, text: { fr, nl, en } })

export const errors: ErrorTable = {
  'not-found': row(
    404,
    'Ce ticket n’existe pas ou ne vous est pas accessible.',
    'Dit ticket bestaat niet of is niet toegankelijk voor u.',
    'This ticket does not exist or is not yours to see.',
  ),
  forbidden: row(
    403,
    'Seul le support peut faire cela sur un ticket.',
    'Alleen support kan dit met een ticket doen.',
    'Only support can do this to a ticket.',
  ),
  'ticket-not-new': row(
    409,
    'Ce ticket a déjà été pris en charge.',
    'Dit ticket werd al in behandeling genomen.',
    'This ticket has been accepted already.',
  ),
  'ticket-not-open': row(
    409,
    'Seul un ticket ouvert peut être mis en attente : acceptez-le ou rouvrez-le d’abord.',
    'Alleen een open ticket kan in wacht gezet worden: neem het eerst in behandeling of heropen het.',
    'Only an open ticket can be set to waiting: accept or reopen it first.',
  ),
  'ticket-not-waiting': row(
    409,
    'Ce ticket n’est pas en attente.',
    'Dit ticket staat niet in wacht.',
    'This ticket is not waiting.',
  ),
  'ticket-is-closed': row(
    409,
    'Ce ticket est fermé. Rouvrez-le d’abord.',
    'Dit ticket is gesloten. Heropen het eerst.',
    'This ticket is closed. Reopen it first.',
  ),
  'ticket-not-closed': row(
    409,
    'Ce ticket n’est pas fermé.',
    'Dit ticket is niet gesloten.',
    'This ticket is not closed.',
  ),
  'too-many-replies': row(
    409,
    'Il y a déjà {most} réponses types : retirez-en une d’abord.',
    'Er zijn al {most} standaardantwoorden: verwijder er eerst een.',
    'There are {most} canned replies already: remove one first.',
  ),
  'too-many-filters': row(
    409,
    'Vous avez déjà {most} filtres : retirez-en un d’abord.',
    'U hebt al {most} filters: verwijder er eerst een.',
    'You have {most} filters already: remove one first.',
  ),
  'filter-empty': row(
    422,
    'Choisissez d’abord ce que la liste doit montrer.',
    'Kies eerst wat de lijst moet tonen.',
    'First choose what the list should show.',
  ),
  'filter-unnamed': row(
    422,
    'Donnez un nom à ce filtre.',
    'Geef deze filter een naam.',
    'Give this filter a name.',
  ),
  'newer-message': row(
    409,
    'Un autre message est arrivé pendant que vous écriviez. Lisez-le, puis envoyez : votre texte est gardé.',
    'Er is een ander bericht bijgekomen terwijl u schreef. Lees het en verstuur daarna: uw tekst is bewaard.',
    'Another message came in while you were writing. Read it, then send: your text is kept.',
  ),
  'ticket-is-archived': row(
    409,
    'Ce ticket est archivé : ouvrez-en un nouveau en citant son numéro.',
    'Dit ticket is gearchiveerd: open een nieuw en vermeld het nummer.',
    'This ticket is archived: open a new one and give its number.',
  ),
  'ticket-is-merged': row(
    409,
    'Ce ticket a été fusionné dans le ticket #{into} : continuez là-bas.',
    'Dit ticket is samengevoegd met ticket #{into}: ga daar verder.',
    'This ticket was merged into ticket #{into}: go on there.',
  ),
  'merge-into-itself': row(
    422,
    'Un ticket ne peut pas être fusionné avec lui-même.',
    'Een ticket kan niet met zichzelf samengevoegd worden.',
    'A ticket cannot be merged into itself.',
  ),
  'merge-other-company': row(
    422,
    'Ces deux tickets sont de clients différents : ils ne peuvent pas être fusionnés.',
    'Deze twee tickets zijn van verschillende klanten: ze kunnen niet samengevoegd worden.',
    'These two tickets belong to different clients: they cannot be merged.',
  ),
  'nothing-said': row(
    422,
    'Écrivez un message ou joignez un fichier.',
    'Schrijf een bericht of voeg een bestand toe.',
    'Write a message or attach a file.',
  ),
  'subject-missing': row(
    422,
    'Donnez un objet au ticket : quelques mots suffisent.',
    'Geef het ticket een onderwerp: enkele woorden volstaan.',
    'Give the ticket a subject: a few words will do.',
  ),
  'invalid-fields': row(
    422,
    'Corrigez les champs indiqués.',
    'Verbeter de aangeduide velden.',
    'Correct the fields named below.',
  ),
  'requester-unknown': row(
    422,
    'Cette personne n’est pas enregistrée ou n’est plus active.',
    'Deze persoon is niet geregistreerd of niet meer actief.',
    'This person is not registered or no longer active.',
  ),
  'assignee-unknown': row(
    422,
    'Choisissez un agent actif.',
    'Kies een actieve medewerker.',
    'Choose an active agent.',
  ),
}
