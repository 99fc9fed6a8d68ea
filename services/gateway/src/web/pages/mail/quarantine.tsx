/** What waits for a person's decision: one mail, or many at once; each keeps its own answer. */
import { Failure } from '@guichet/contracts/failure'
import { dropMail, listLedger, openTicketFromMail, replayMail, type LedgerRow } from '@guichet/contracts/mail'
import type { Done, Page, PageCall, Refusal, Shown } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Fault } from '../../parts/forms.tsx'
import { When } from '../../parts/time.tsx'
import { mailTexts } from '../../texts/mail.ts'
import { mailFilterTexts } from '../../texts/mail-filter.ts'
import { filled } from '../../texts/texts.ts'
import { filterOf, isNarrowed, LedgerFilter, withFilter } from './ledger-filter.tsx'
import { MailTabs } from './ledger.tsx'

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = mailTexts(call.language)
  const filter = filterOf(call)
  const asked = { ...filter, outcome: 'quarantined' as const, cursor: call.query['cursor'] }
  const { items, next, reasons = [] } = await call.ask(listLedger, { ...asked, language: call.language })
  return {
    title: t.quarantine,
    layout: 'list',
    live: 'mail',
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
        </header>
        <MailTabs call={call} current="quarantine" />
        <LedgerFilter call={call} path="/mail/quarantine" reasons={reasons} />
        <Fault refusal={refusal} />
        {items.length === 0 ? (
          <EmptyState
            title={t.emptyTitle}
            text={isNarrowed(call) ? mailFilterTexts(call.language).noneFound : t.quarantineEmpty}
          />
        ) : (
          <form method="post" action={withFilter(call, '/mail/quarantine')} data-controller="choose-all">
            <p class="actions chosen-actions">
              <label class="check needs-script">
                <input type="checkbox" data-choose-all-target="all" />{' '}
                {mailFilterTexts(call.language).chooseAll}
              </label>
              <span class="quiet-text">{t.withChosen}</span>
              <button name="act" value="replay">
                {t.replay}
              </button>
              <button name="act" value="ticket">
                {t.openTicket}
              </button>
              <button name="act" value="drop" class="danger">
                {t.drop}
              </button>
            </p>
            <Rows call={call} rows={items} />
          </form>
        )}
        {next ? (
          <p class="paging">
            <a class="button" href={withFilter(call, '/mail/quarantine', { cursor: next })}>
              {t.more}
            </a>
          </p>
        ) : null}
      </>
    ),
  }
}

function Rows({ call, rows }: { call: PageCall; rows: readonly LedgerRow[] }) {
  const t = mailTexts(call.language)
  return (
    <table class="cards">
      <thead>
        <tr>
          <td />
          <th scope="col">{t.receivedAt}</th>
          <th scope="col">{t.from}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{t.reason}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, receivedAt, from, subject, reason }) => (
          <tr key={id}>
            <td>
              <input
                type="checkbox"
                data-choose-all-target="one"
                name={`mail-${id}`}
                value="true"
                aria-label={filled(t.choose, { subject: subject || t.noSubject })}
              />
            </td>
            <td data-label={t.receivedAt}>
              <When at={receivedAt} language={call.language} />
            </td>
            <td data-label={t.from}>{from ?? t.nobody}</td>
            <th scope="row" data-label={t.subject}>
              <a href={`/mail/${id}`}>{subject || t.noSubject}</a>
            </th>
            <td data-label={t.reason}>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const ACTS = { replay: replayMail, ticket: openTicketFromMail, drop: dropMail } as const
const SAID = { replay: 'replayed', ticket: 'ticketed', drop: 'dropped' } as const

const chosenIn = ({ form }: PageCall): string[] =>
  Object.keys(form).flatMap((name) => (name.startsWith('mail-') ? [name.slice('mail-'.length)] : []))

/** One after the other: one that is refused does not hold the others up. */
async function settle(call: PageCall, act: keyof typeof ACTS, ids: readonly string[]): Promise<Done> {
  const t = mailTexts(call.language)
  const refused: Failure[] = []
  for (const id of ids) {
    try {
      await call.ask(ACTS[act], { id, language: call.language })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      refused.push(error)
    }
  }
  const [first] = refused
  // Nothing was done at all: the page says why, as any refusal does.
  if (first && refused.length === ids.length) throw first
  const n = ids.length - refused.length
  if (!first) return { text: filled(t.done[SAID[act]], { n }) }
  return { text: filled(t.done.partly, { n, left: refused.length }) }
}

export const quarantinePage: Page = {
  path: '/mail/quarantine',
  access: 'staff',
  show,
  act: async (call) => {
    const ids = chosenIn(call)
    const act = (Object.keys(ACTS) as (keyof typeof ACTS)[]).find((each) => each === call.form['act'])
    const redirect = withFilter(call, '/mail/quarantine')
    if (act === undefined || ids.length === 0)
      return { redirect, done: { text: mailTexts(call.language).done.none } }
    return { redirect, done: await settle(call, act, ids) }
  },
}
