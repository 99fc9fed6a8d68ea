/** Writing on a ticket. An answer and an internal note differ in colour, label and button: the button says whom it reaches. */
import { isStaff } from '@guichet/access'
import type { Account } from '@guichet/contracts/identity'
import type { CannedReply, TicketDetail } from '@guichet/contracts/ticket'
import type { PageCall, Refusal } from '../../page.ts'
import { DraftState } from '../../parts/draft-state.tsx'
import { FileField } from '../../parts/file-field.tsx'
import { awayUntil } from '../../parts/absence.tsx'
import { Icon } from '../../parts/icon.tsx'
import { filled } from '../../texts/texts.ts'
import { replyTexts } from '../../texts/replies.ts'
import { ticketTexts } from '../../texts/tickets.ts'

interface Props {
  call: PageCall
  ticket: TicketDetail
  /** What support has ready; none for customers. */
  replies: readonly CannedReply[]
  /** Whom a note can call; none for customers. */
  colleagues: readonly Account[]
  refusal: Refusal | undefined
}

export function Composers({ call, ticket, replies, colleagues, refusal }: Props) {
  const staff = call.actor !== undefined && isStaff(call.actor)
  const mayPost = ticket.may.includes('post')
  const mayNote = ticket.may.includes('note')
  if (!staff) return mayPost ? <CustomerForm call={call} ticket={ticket} refusal={refusal} /> : null
  const t = ticketTexts(call.language)
  return (
    <div data-controller="composer" id={`composers-${ticket.number}`}>
      {mayPost && mayNote ? (
        <div
          class="composer-tabs"
          id={`composer-tabs-${ticket.number}`}
          data-turbo-permanent
          hidden
          data-composer-target="tabs"
        >
          <button
            type="button"
            aria-pressed="true"
            data-composer-target="tab"
            data-kind="reply"
            data-action="composer#choose"
            data-key="r"
          >
            {t.reply}
          </button>
          <button
            type="button"
            class="note"
            aria-pressed="false"
            data-composer-target="tab"
            data-kind="note"
            data-action="composer#choose"
            data-key="i"
          >
            <Icon name="lock" size={16} /> {t.internalNote}
          </button>
        </div>
      ) : null}
      {mayPost ? <Seen ticket={ticket} /> : null}
      {mayPost ? <ReplyForm call={call} ticket={ticket} replies={replies} refusal={refusal} /> : null}
      {mayNote ? <NoteForm call={call} ticket={ticket} colleagues={colleagues} refusal={refusal} /> : null}
    </div>
  )
}

/** A lost answer and a second press are one message. */
function OneKey({ refusal }: { refusal: Refusal | undefined }) {
  return <input type="hidden" name="key" value={refusal?.values['key'] ?? crypto.randomUUID()} />
}

/**
 * Up to where the agent has read. Outside the form, which a live refresh leaves alone: it names what the page shows
 * now, so that an answer is stopped by what they have not seen, and not by what they have.
 */
function Seen({ ticket }: { ticket: TicketDetail }) {
  const newest = ticket.timeline.findLast(({ kind }) => kind === 'message' || kind === 'note')?.id
  return <input type="hidden" name="seen" value={newest} form={`reply-${ticket.number}`} />
}

function CustomerForm({ call, ticket, refusal }: Omit<Props, 'replies' | 'colleagues'>) {
  const t = ticketTexts(call.language)
  const label = ticket.status === 'closed' ? t.writeClosed : t.write
  return (
    <form
      method="post"
      action={`/tickets/${ticket.number}`}
      enctype="multipart/form-data"
      class="composer"
      id={`reply-${ticket.number}`}
      data-turbo-permanent
      data-controller="draft"
      data-draft-key-value={`reply-${ticket.number}`}
    >
      <OneKey refusal={refusal} />
      <label class="to" for="text">
        {label}
      </label>
      <textarea id="text" name="text" required rows={3} data-key="r">
        {refusal?.values['text']}
      </textarea>
      <DraftState language={call.language} />
      <div class="foot">
        <FileField language={call.language} id="reply-files" />
        <button class="primary">{t.send}</button>
      </div>
    </form>
  )
}

function ReplyForm({ call, ticket, replies, refusal }: Omit<Props, 'colleagues'>) {
  const t = ticketTexts(call.language)
  const { name } = ticket.requester
  return (
    <form
      method="post"
      action={`/tickets/${ticket.number}`}
      enctype="multipart/form-data"
      class="composer"
      id={`reply-${ticket.number}`}
      data-turbo-permanent
      data-controller="draft canned"
      data-draft-key-value={`reply-${ticket.number}`}
      data-composer-target="form"
      data-kind="reply"
    >
      <OneKey refusal={refusal} />
      <label class="to" for="text">
        {filled(t.replyTo, { name })}
      </label>
      <textarea id="text" name="text" required rows={3} data-action="keydown->canned#type">
        {refusal?.values['text']}
      </textarea>
      <DraftState language={call.language} />
      <div class="foot">
        <FileField language={call.language} id="reply-files" />
        <CannedReplies call={call} ticket={ticket} replies={replies} />
        <button class="primary">{filled(t.sendReply, { name })}</button>
        {ticket.may.includes('wait') ? (
          <button name="afterwards" value="wait">
            {t.sendAndWait}
          </button>
        ) : null}
        {ticket.may.includes('close') ? (
          <button name="afterwards" value="close">
            {t.sendAndClose}
          </button>
        ) : null}
      </div>
    </form>
  )
}

/** Their places are filled for this ticket and this writer; without script there is no menu, and one types. */
function CannedReplies({ call, ticket, replies }: Omit<Props, 'refusal' | 'colleagues'>) {
  const t = replyTexts(call.language)
  const values = {
    client: ticket.requester.name.split(' ')[0] ?? '',
    number: ticket.number,
    agent: call.actor?.name ?? '',
  }
  return (
    <details class="menu canned" hidden data-canned-target="menu" data-controller="menu">
      <summary>{t.insert}</summary>
      <div data-action="keydown->canned#move">
        {replies.map(({ id, name, text }) => (
          <button
            key={id}
            type="button"
            class="plain"
            data-canned-target="choice"
            data-action="canned#insert"
            data-text={filled(text, values)}
          >
            {name}
          </button>
        ))}
        <a href="/settings/replies">{t.manage}</a>
      </div>
    </details>
  )
}

/** By `@`: whoever is called is told, on the portal and by mail. Without script the name is typed. */
function Colleagues({ call, colleagues }: Pick<Props, 'call' | 'colleagues'>) {
  const t = ticketTexts(call.language)
  return (
    <details class="menu canned" hidden data-mention-target="menu" data-controller="menu">
      <summary>{t.mention}</summary>
      <div data-action="keydown->mention#move">
        {colleagues.map((colleague) => (
          <button
            key={colleague.id}
            type="button"
            class="plain"
            data-mention-target="choice"
            data-action="mention#insert"
            data-text={`@${colleague.name} `}
          >
            {[colleague.name, awayUntil(colleague, call.language)].filter(Boolean).join(' · ')}
          </button>
        ))}
      </div>
    </details>
  )
}

function NoteForm({ call, ticket, colleagues, refusal }: Omit<Props, 'replies'>) {
  const t = ticketTexts(call.language)
  return (
    <form
      method="post"
      action={`/tickets/${ticket.number}/note`}
      enctype="multipart/form-data"
      class="composer note"
      id={`note-${ticket.number}`}
      data-turbo-permanent
      data-controller="draft mention"
      data-mention-trigger-value="@"
      data-draft-key-value={`note-${ticket.number}`}
      data-composer-target="form"
      data-kind="note"
    >
      <OneKey refusal={refusal} />
      <label class="to" for="note">
        <Icon name="lock" size={16} /> {t.internalNote} · {t.noteHint}
      </label>
      <textarea id="note" name="note" required rows={3} data-action="keydown->mention#type">
        {refusal?.values['note']}
      </textarea>
      <DraftState language={call.language} />
      <div class="foot">
        <FileField language={call.language} id="note-files" />
        {colleagues.length > 0 ? <Colleagues call={call} colleagues={colleagues} /> : null}
        <button class="note">{t.saveNote}</button>
      </div>
    </form>
  )
}
