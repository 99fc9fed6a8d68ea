/** One ticket: what was said, what happened, what can be done, the time spent. */
import { isStaff } from '@guichet/access'
import { listPrestations, logPrestation, type Prestation } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import {
  acceptTicket,
  closeTicket,
  getTicket,
  markRead,
  postMessage,
  reopenTicket,
  resumeTicket,
  waitTicket,
  type TicketDetail,
} from '@guichet/contracts/ticket'
import type { Page, PageCall, Refusal } from '../page.ts'
import { Action, Fault, Field } from '../parts/forms.tsx'
import { Entry } from '../parts/timeline.tsx'
import { amount, calendarDay, dateTime, today } from '../parts/times.ts'
import { textsIn } from '../texts/texts.ts'

const numberOf = ({ params }: PageCall) => Number(params['number'])
const pathOf = (call: PageCall) => `/tickets/${numberOf(call)}`

async function prestationsOf(call: PageCall): Promise<Prestation[]> {
  try {
    return (await call.ask(listPrestations, { ticket: numberOf(call), limit: 100 })).items
  } catch (error) {
    // The contract does not show this reader the time, or billing is away: the ticket is readable all the same.
    if (error instanceof Failure) return []
    throw error
  }
}

async function show(call: PageCall, refusal?: Refusal) {
  if (!/^\d{1,10}$/.test(call.params['number'] ?? '')) throw new Failure('not-found')
  const [ticket, prestations] = await Promise.all([
    call.ask(getTicket, { number: numberOf(call) }),
    prestationsOf(call),
  ])
  if (ticket.unread) await call.ask(markRead, { number: ticket.number })
  return {
    title: `#${ticket.number} ${ticket.subject}`,
    body: (
      <>
        <Head call={call} ticket={ticket} />
        <Fault refusal={refusal} />
        <ol class="timeline">
          {ticket.timeline.map((entry) => (
            <Entry key={entry.id} entry={entry} language={call.language} />
          ))}
        </ol>
        <Answer call={call} ticket={ticket} refusal={refusal} />
        <Prestations call={call} prestations={prestations} refusal={refusal} />
      </>
    ),
  }
}

function Head({ call, ticket }: { call: PageCall; ticket: TicketDetail }) {
  const t = textsIn(call.language)
  const steps = { accept: t.accept, wait: t.wait, resume: t.resume, close: t.close, reopen: t.reopen }
  return (
    <header class="ticket-head">
      <p>
        <a href="/tickets">{t.back}</a>
      </p>
      <h1>
        <span class="figure">#{ticket.number}</span> {ticket.subject}
      </h1>
      <p class="facts">
        <span class={`status ${ticket.status}`}>{t.statusNames[ticket.status]}</span>
        <span>
          {t.priority} : {t.priorityNames[ticket.priority]}
        </span>
        <span>
          {ticket.requester.name}
          {ticket.company ? ` · ${ticket.company.name}` : ''}
        </span>
        <span>
          {t.assignee} : {ticket.assignee?.name ?? '—'}
        </span>
        <span>{dateTime(ticket.openedAt, call.language)}</span>
      </p>
      <p class="actions">
        {Object.entries(steps).map(([step, label]) =>
          ticket.may.includes(step) ? (
            <Action key={step} action={`/tickets/${ticket.number}/${step}`} quiet>
              {label}
            </Action>
          ) : null,
        )}
      </p>
    </header>
  )
}

function Answer({
  call,
  ticket,
  refusal,
}: {
  call: PageCall
  ticket: TicketDetail
  refusal: Refusal | undefined
}) {
  const t = textsIn(call.language)
  const staff = call.actor !== undefined && isStaff(call.actor)
  return (
    <section class="answers">
      {ticket.may.includes('post') ? (
        <form method="post" enctype="multipart/form-data" class="answer">
          <Field name="text" label={staff ? t.replyToCustomer : t.reply} type="textarea" refusal={refusal} />
          <p class="field">
            <label for="files">{t.attachFile}</label>
            <input id="files" name="files" type="file" multiple />
          </p>
          <button>{staff ? t.replyToCustomer : t.send}</button>
        </form>
      ) : null}
      {ticket.may.includes('note') ? (
        <form method="post" action={`${pathOf(call)}/note`} class="answer note">
          <Field name="note" label={t.internalNote} type="textarea" hint={t.internalNoteHint} />
          <button>{t.saveNote}</button>
        </form>
      ) : null}
    </section>
  )
}

function Prestations(props: {
  call: PageCall
  prestations: readonly Prestation[]
  refusal: Refusal | undefined
}) {
  const { call, prestations, refusal } = props
  const t = textsIn(call.language)
  const staff = call.actor !== undefined && isStaff(call.actor)
  if (!staff && prestations.length === 0) return null
  return (
    <section>
      <h2>{t.prestations}</h2>
      {prestations.length > 0 ? (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t.workedOn}</th>
                <th scope="col">{t.kind}</th>
                <th scope="col">{t.description}</th>
                <th scope="col">{t.agent}</th>
                <th scope="col">{t.minutes}</th>
                <th scope="col">{t.cost}</th>
                <th scope="col">{t.invoice}</th>
              </tr>
            </thead>
            <tbody>
              {prestations.map((each) => (
                <tr key={each.id}>
                  <td class="figure">{calendarDay(each.workedOn, call.language)}</td>
                  <td>{each.kind}</td>
                  <td>{each.description}</td>
                  <td>{each.agent.name}</td>
                  <td class="figure">{each.minutes ?? each.quantity}</td>
                  <td class="figure">{each.cost === null ? '—' : amount(each.cost, call.language)}</td>
                  <td>{each.invoice ?? '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {staff ? (
        <form method="post" action={`${pathOf(call)}/prestations`} class="row">
          <Field name="workedOn" label={t.workedOn} type="date" value={today()} refusal={refusal} />
          <Field name="minutes" label={t.minutes} type="number" min="1" refusal={refusal} />
          <Field name="kind" label={t.kind} value={prestations[0]?.kind} refusal={refusal} />
          <Field name="description" label={t.description} refusal={refusal} />
          <button>{t.logTime}</button>
        </form>
      ) : null}
    </section>
  )
}

const ticket: Page = {
  path: '/tickets/:number',
  access: 'signed-in',
  show,
  act: async (call) => {
    await call.ask(postMessage, {
      number: numberOf(call),
      text: call.form['text'] ?? '',
      attachments: call.files,
    })
    return { redirect: pathOf(call) }
  },
}

function step(path: string, act: (call: PageCall) => Promise<unknown>): Page {
  return {
    path: `/tickets/:number/${path}`,
    access: 'signed-in',
    show,
    act: async (call) => {
      await act(call)
      return { redirect: pathOf(call) }
    },
  }
}

export const ticketPages: readonly Page[] = [
  ticket,
  step('accept', (call) => call.ask(acceptTicket, { number: numberOf(call) })),
  step('wait', (call) => call.ask(waitTicket, { number: numberOf(call) })),
  step('resume', (call) => call.ask(resumeTicket, { number: numberOf(call) })),
  step('close', (call) => call.ask(closeTicket, { number: numberOf(call) })),
  step('reopen', (call) => call.ask(reopenTicket, { number: numberOf(call) })),
  step('note', (call) =>
    call.ask(postMessage, { number: numberOf(call), text: call.form['note'] ?? '', internal: true }),
  ),
  step('prestations', ({ ask, params, form }) =>
    ask(logPrestation, {
      ticket: Number(params['number']),
      prestation: {
        workedOn: form['workedOn'] ?? '',
        minutes: Number(form['minutes']),
        kind: form['kind'] ?? '',
        description: form['description'] ?? '',
      },
    }),
  ),
]
