/** One thing that was said or happened on a ticket. */
import type { TimelineEntry } from '@guichet/contracts/ticket'
import type { Language } from '@guichet/contracts/values/language'
import { filled, textsIn, type Texts } from '../texts/texts.ts'
import { dateTime } from './times.ts'

type Message = Extract<TimelineEntry, { text: string }>

function isMessage(entry: TimelineEntry): entry is Message {
  return entry.kind === 'message' || entry.kind === 'note'
}

export function Entry({ entry, language }: { entry: TimelineEntry; language: Language }) {
  if (isMessage(entry)) return <Said message={entry} language={language} />
  const t = textsIn(language)
  return (
    <li class="change" id={entry.id}>
      <span>{changeText(entry, t)}</span> <time datetime={entry.at}>{dateTime(entry.at, language)}</time>
      {entry.by ? <span> · {entry.by.name}</span> : null}
    </li>
  )
}

function Said({ message, language }: { message: Message; language: Language }) {
  const t = textsIn(language)
  const side = message.kind === 'note' ? 'note' : message.by?.staff ? 'support' : 'customer'
  return (
    <li class={`message ${side}`} id={message.id}>
      <p class="from">
        <strong>{message.by?.name ?? '—'}</strong>
        {message.kind === 'note' ? <span class="label"> {t.internalNote}</span> : null}
        {message.via === 'mail' ? <span> {t.byMail}</span> : null}
        {message.via === 'phone' ? <span> {t.byPhone}</span> : null}
        {message.automatic ? <span> {t.automatic}</span> : null}{' '}
        <time datetime={message.at}>{dateTime(message.at, language)}</time>
      </p>
      <div class="text">{message.text}</div>
      {message.quoted ? (
        <details>
          <summary>{t.quoted}</summary>
          <div class="text quoted">{message.quoted}</div>
        </details>
      ) : null}
      {message.attachments.length > 0 ? (
        <ul class="files">
          {message.attachments.map(({ id, name, size }) => (
            <li key={id}>
              <a href={`/api/v1/attachments/${id}`}>{name}</a> <small>{fileSize(size)}</small>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function changeText(entry: Exclude<TimelineEntry, Message>, t: Texts): string {
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

function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KiB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
