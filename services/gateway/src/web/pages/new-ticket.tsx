/** A new ticket: in the side panel, or as a page where there is no script. */
import { getPriorities, openTicket, type Priority } from '@guichet/contracts/ticket'
import type { Page, PageCall, Refusal } from '../page.ts'
import { DraftState } from '../parts/draft-state.tsx'
import { FileField } from '../parts/file-field.tsx'
import { Choices, Fault, Field } from '../parts/forms.tsx'
import { filled } from '../texts/texts.ts'
import { ticketTexts } from '../texts/tickets.ts'

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[]
type Meanings = Record<Priority, string>

const newTicket: Page = {
  path: '/tickets/new',
  access: 'signed-in',
  show: async (call, refusal) => {
    const t = ticketTexts(call.language)
    const priorities = await call.ask(getPriorities, {})
    const meanings = Object.fromEntries(
      PRIORITIES.map((each) => [each, priorities[each][call.language]]),
    ) as Meanings
    return {
      title: t.newTicket,
      layout: 'card',
      panel: <NewTicket call={call} refusal={refusal} meanings={meanings} />,
    }
  },
  act: async ({ ask, form, files, language }) => {
    const { number } = await ask(openTicket, {
      subject: form['subject'] ?? '',
      description: form['description'] ?? '',
      priority: PRIORITIES.find((priority) => priority === form['priority']),
      attachments: files,
      idempotencyKey: form['key'] || undefined,
    })
    return {
      redirect: `/tickets/${number}`,
      done: { text: filled(ticketTexts(language).done.opened, { number }) },
    }
  },
}

function NewTicket(props: { call: PageCall; refusal: Refusal | undefined; meanings: Meanings }) {
  const { call, refusal, meanings } = props
  const t = ticketTexts(call.language)
  return (
    <form
      method="post"
      action="/tickets/new"
      enctype="multipart/form-data"
      class="stacked"
      data-controller="draft"
      data-draft-key-value="new-ticket"
    >
      <h1 id="panel-title">{t.newTicket}</h1>
      <Fault refusal={refusal} />
      {/* Sent twice by an impatient finger or a lost answer, it is one ticket. */}
      <input type="hidden" name="key" value={refusal?.values['key'] ?? crypto.randomUUID()} />
      <Field name="subject" label={t.subject} refusal={refusal} maxLength={250} autofocus />
      <Field
        name="description"
        label={t.description}
        type="textarea"
        refusal={refusal}
        hint={t.descriptionHint}
      />
      <FileField language={call.language} id="new-ticket-files" />
      <Choices
        name="priority"
        legend={t.priority}
        options={PRIORITIES.map((value) => ({
          value,
          label: t.priorityNames[value],
          meaning: meanings[value],
        }))}
        value="normal"
        refusal={refusal}
      />
      <div class="actions">
        <button class="primary">{t.ok}</button>
        <DraftState language={call.language} />
      </div>
    </form>
  )
}

export const newTicketPages: readonly Page[] = [newTicket]
