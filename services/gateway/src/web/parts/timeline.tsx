/** One thing that was said or happened on a ticket. */
import type { TicketDetail, TimelineEntry } from '@guichet/contracts/ticket'
import type { Language } from '@guichet/contracts/values/language'
import { filled } from '../texts/texts.ts'
import { ticketTexts } from '../texts/tickets.ts'
import { Icon } from './icon.tsx'
import { attachmentPath, picturesIn } from './mail-html.ts'
import { Initials } from './person.tsx'
import { fileSize } from './sizes.ts'
import { When } from './time.tsx'

type Message = Extract<TimelineEntry, { text: string }>
type Change = Exclude<TimelineEntry, Message>

function isMessage(entry: TimelineEntry): entry is Message {
  return entry.kind === 'message' || entry.kind === 'note'
}

interface Props<E> {
  entry: E
  language: Language
  ticket: Pick<TicketDetail, 'number'>
}

export function Entry({ entry, language, ticket }: Props<TimelineEntry>) {
  if (isMessage(entry)) return <Said entry={entry} language={language} ticket={ticket} />
  return (
    <li class="change" id={entry.id}>
      <span>
        {entry.by ? `${entry.by.name} · ` : ''}
        {changeText(entry, language)} · <When at={entry.at} language={language} />
      </span>
    </li>
  )
}

function Said({ entry, language, ticket }: Props<Message>) {
  const t = ticketTexts(language)
  const isNote = entry.kind === 'note'
  const name = entry.by?.name ?? '—'
  const { pictures, files } = picturesIn(entry.html, entry.attachments)
  return (
    <li class={isNote ? 'note' : 'message'} id={entry.id}>
      <Initials name={name} staff={entry.by?.staff ?? false} />
      <article class="said-what">
        <header>
          <strong>{name}</strong>
          {isNote ? (
            <span class="label">
              <Icon name="lock" size={16} />
              {t.internalNote}
            </span>
          ) : null}
          {entry.via === 'mail' ? <small>{t.byMail}</small> : null}
          {entry.via === 'phone' ? <small>{t.byPhone}</small> : null}
          {entry.automatic ? <small>{t.automatic}</small> : null}
          <a href={`/tickets/${ticket.number}#${entry.id}`}>
            <When at={entry.at} language={language} />
          </a>
        </header>
        <div class="text">{entry.text}</div>
        {entry.quoted ? (
          <details class="folded">
            <summary>{t.quoted}</summary>
            <div class="text">{entry.quoted}</div>
          </details>
        ) : null}
        {pictures.length > 0 ? (
          <ul class="pictures">
            {pictures.map(({ id, name: file }) => (
              <li key={id}>
                <a href={attachmentPath(id)} data-turbo="false" download>
                  <img src={attachmentPath(id)} alt={filled(t.inPicture, { name: file })} loading="lazy" />
                </a>
              </li>
            ))}
          </ul>
        ) : null}
        {files.length > 0 ? (
          <ul class="attachments">
            {files.map(({ id, name: file, size }) => (
              <li key={id}>
                <a href={attachmentPath(id)} data-turbo="false" download>
                  <Icon name="file" size={16} />
                  <span>{file}</span>
                  <small>{fileSize(size)}</small>
                </a>
              </li>
            ))}
          </ul>
        ) : null}
        {entry.html !== null || entry.mailId ? (
          <p class="mail-state">
            {entry.html === null ? null : (
              <a href={`/tickets/${ticket.number}/messages/${entry.id}`} data-turbo="false">
                {t.original}
              </a>
            )}
            {entry.html !== null && entry.mailId ? ' · ' : null}
            {entry.mailId ? (
              <a
                href={`/api/v1/mail/${entry.mailId}/raw`}
                data-turbo="false"
                download={`${entry.mailId}.eml`}
              >
                {t.eml}
              </a>
            ) : null}
          </p>
        ) : null}
      </article>
    </li>
  )
}

function changeText(entry: Change, language: Language): string {
  const t = ticketTexts(language)
  switch (entry.kind) {
    case 'status':
      return filled(t.statusChanged, { from: t.statusNames[entry.from], to: t.statusNames[entry.to] })
    case 'priority':
      return filled(t.priorityChanged, { from: t.priorityNames[entry.from], to: t.priorityNames[entry.to] })
    case 'assignment':
      return entry.assignee ? filled(t.assignedTo, { who: entry.assignee.name }) : t.assignedToNobody
    case 'merge':
      return entry.into === null
        ? filled(t.mergedFrom, { number: entry.from ?? '' })
        : filled(t.mergedInto, { number: entry.into })
  }
}
