/** One ticket: what was said, what happened, what can be done, the time spent. */
import { listAccounts, type Account } from '@guichet/contracts/identity'
import { isStaff } from '@guichet/access'
import { logPrestation } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import {
  acceptTicket,
  assignTicket,
  changeTicket,
  closeTicket,
  getTicket,
  listCannedReplies,
  markRead,
  mergeTicket,
  postMessage,
  reopenTicket,
  resumeTicket,
  waitTicket,
  type CannedReply,
  type Priority,
  type TicketDetail,
} from '@guichet/contracts/ticket'
import type { Done, Page, PageCall, Refusal, Shown } from '../../page.ts'
import { askWhereAllowed } from '../../ask-where-allowed.ts'
import { Fault } from '../../parts/forms.tsx'
import { Entry } from '../../parts/timeline.tsx'
import { ticketTexts } from '../../texts/tickets.ts'
import { Aside } from './aside.tsx'
import { clientOf } from './client-card.tsx'
import { Composers } from './composers.tsx'
import { Head } from './head.tsx'
import { MailTrouble, mailTroubleOf, withMailTrouble } from './mail-trouble.tsx'
import { timePreviewPage } from './time-preview.tsx'
import { originalPage } from './original.tsx'
import { prestationsOf } from './time-spent.tsx'

const numberOf = ({ params }: PageCall) => Number(params['number'])
const pathOf = (call: PageCall) => `/tickets/${numberOf(call)}`

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  if (!/^\d{1,10}$/.test(call.params['number'] ?? '')) throw new Failure('not-found')
  const number = numberOf(call)
  const [ticket, prestations, replies, colleagues, mails] = await Promise.all([
    call.ask(getTicket, { number }),
    prestationsOf(call, number),
    repliesOf(call),
    colleaguesOf(call),
    mailTroubleOf(call, number),
  ])
  const [client] = await Promise.all([
    clientOf(call, ticket),
    ticket.unread ? call.ask(markRead, { number }) : undefined,
  ])
  const { subject } = ticket
  return {
    title: `#${number} ${subject}`,
    layout: 'ticket',
    live: `ticket:${number} mail:${number}`,
    ticket: { number, subject },
    body: (
      <>
        <Head call={call} ticket={ticket} />
        <section class="thread">
          <Fault refusal={refusal} />
          <ol class="timeline">
            {withMailTrouble(ticket.timeline, mails).map((line) =>
              'mail' in line ? (
                <MailTrouble key={line.mail.id} call={call} mail={line.mail} />
              ) : (
                <Entry key={line.entry.id} entry={line.entry} language={call.language} ticket={ticket} />
              ),
            )}
          </ol>
          <Waiting call={call} ticket={ticket} />
          <Presence call={call} ticket={ticket} />
          <Composers
            call={call}
            ticket={ticket}
            replies={replies}
            colleagues={colleagues}
            refusal={refusal}
          />
        </section>
        <Aside
          call={call}
          ticket={ticket}
          prestations={prestations}
          client={client}
          colleagues={colleagues}
          refusal={refusal}
        />
      </>
    ),
  }
}

/** Two agents on one ticket see one another before they both answer. Customers see neither. */
function Presence({ call, ticket }: { call: PageCall; ticket: TicketDetail }) {
  if (!call.actor || !isStaff(call.actor)) return null
  const t = ticketTexts(call.language)
  return (
    <p
      id={`presence-${ticket.number}`}
      class="presence"
      role="status"
      hidden
      data-turbo-permanent
      data-controller="presence"
      data-presence-number-value={ticket.number}
      data-presence-me-value={call.actor.accountId}
      data-presence-viewing-value={t.isViewing}
      data-presence-answering-value={t.isAnswering}
    />
  )
}

/** Browsers may send seconds along; no hour noted is none. */
export const startedAtIn = (fields: Record<string, string>) =>
  fields['startedAt'] ? { startedAt: fields['startedAt'].slice(0, 5) } : {}

async function repliesOf(call: PageCall): Promise<CannedReply[]> {
  if (!call.actor || !isStaff(call.actor)) return []
  return (await call.ask(listCannedReplies, {})).items
}

/** Whom an agent can call into a ticket; identity away, one types the name. */
async function colleaguesOf(call: PageCall): Promise<Account[]> {
  if (!call.actor || !isStaff(call.actor)) return []
  const { accountId } = call.actor
  const staff = await askWhereAllowed(call, listAccounts, { companyId: null, limit: 100 })
  return (staff?.items ?? []).filter(({ id, status }) => id !== accountId && status === 'active')
}

/** A customer whom nobody has answered yet is told that this is so, and what comes next. */
function Waiting({ call, ticket }: { call: PageCall; ticket: TicketDetail }) {
  const isOwn = call.actor !== undefined && !isStaff(call.actor)
  const isAnswered = ticket.timeline.some((entry) => entry.kind === 'message' && entry.by?.staff)
  if (!isOwn || isAnswered || ticket.status === 'closed' || ticket.status === 'archived') return null
  return <p class="hint aligned">{ticketTexts(call.language).noAnswerYet}</p>
}

const AFTERWARDS = ['wait', 'close'] as const
const UNDONE_BY = { wait: 'resume', close: 'reopen' } as const

type DoneKey = keyof ReturnType<typeof ticketTexts>['done']

function done(call: PageCall, key: DoneKey, undo?: string): Done {
  return { text: ticketTexts(call.language).done[key], ...(undo ? { undo: `${pathOf(call)}/${undo}` } : {}) }
}

const ticket: Page = {
  path: '/tickets/:number',
  access: 'signed-in',
  show,
  act: async (call) => {
    const { text = '', key, seen } = call.form
    const afterwards = AFTERWARDS.find((step) => step === call.form['afterwards'])
    await call.ask(postMessage, {
      number: numberOf(call),
      text,
      afterwards,
      seen: seen || undefined,
      attachments: call.files,
      idempotencyKey: key || undefined,
    })
    if (afterwards === undefined) return { redirect: pathOf(call), done: done(call, 'posted') }
    return { redirect: pathOf(call), done: done(call, afterwards, UNDONE_BY[afterwards]) }
  },
}

/** A form of the page that has a path of its own: it shows the page again when it is refused. */
function part(path: string, act: (call: PageCall) => Promise<unknown>, key: DoneKey, undo?: string): Page {
  return {
    path: `/tickets/:number/${path}`,
    access: 'signed-in',
    show,
    act: async (call) => {
      await act(call)
      return { redirect: pathOf(call), done: done(call, key, undo) }
    },
  }
}

export const ticketPages: readonly Page[] = [
  ticket,
  timePreviewPage,
  part('accept', (call) => call.ask(acceptTicket, { number: numberOf(call) }), 'accept'),
  part('wait', (call) => call.ask(waitTicket, { number: numberOf(call) }), 'wait', 'resume'),
  part('resume', (call) => call.ask(resumeTicket, { number: numberOf(call) }), 'resume'),
  part('close', (call) => call.ask(closeTicket, { number: numberOf(call) }), 'close', 'reopen'),
  part('reopen', (call) => call.ask(reopenTicket, { number: numberOf(call) }), 'reopen'),
  part(
    'assign',
    ({ ask, params, form, actor }) =>
      ask(assignTicket, {
        number: Number(params['number']),
        accountId: form['accountId'] === 'me' ? (actor?.accountId ?? null) : form['accountId'] || null,
      }),
    'assigned',
  ),
  part(
    'priority',
    ({ ask, params, form }) =>
      ask(changeTicket, {
        number: Number(params['number']),
        changes: { priority: form['priority'] as Priority },
      }),
    'priority',
  ),
  part(
    'note',
    (call) =>
      call.ask(postMessage, {
        number: numberOf(call),
        text: call.form['note'] ?? '',
        internal: true,
        attachments: call.files,
        idempotencyKey: call.form['key'] || undefined,
      }),
    'noted',
  ),
  part(
    'prestations',
    ({ ask, params, form }) =>
      ask(logPrestation, {
        ticket: Number(params['number']),
        prestation: {
          workedOn: form['workedOn'] ?? '',
          ...startedAtIn(form),
          minutes: Number(form['minutes']),
          kind: form['kind'] ?? '',
          description: form['description'] ?? '',
          billable: form['notBillable'] !== 'true',
        },
      }),
    'logged',
  ),
  originalPage,
  {
    path: '/tickets/:number/merge',
    access: 'signed-in',
    show,
    act: async (call) => {
      const into = Number((call.form['into'] ?? '').replace(/\D/g, ''))
      await call.ask(mergeTicket, { number: numberOf(call), into })
      return { redirect: `/tickets/${into}`, done: done(call, 'merged') }
    },
  },
]
