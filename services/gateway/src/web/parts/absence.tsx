/** Someone of the house who is away: noted, changed, and said where it matters. */
import type { Account } from '@guichet/contracts/identity'
import { answersClients, isAwayOn } from '@guichet/contracts/values/absence'
import type { Language } from '@guichet/contracts/values/language'
import type { PageCall, Refusal } from '../page.ts'
import { absenceTexts } from '../texts/absence.ts'
import { filled } from '../texts/texts.ts'
import { Action, Choice, Field } from './forms.tsx'
import { calendarDay, today } from './times.ts'

export const atCounter = (account: Account): boolean =>
  account.status !== 'inactive' && answersClients(account)

/** `absence jusqu’au 4 déc. 2026`; undefined for who is there today. */
export function awayUntil({ absence }: Account, language: Language): string | undefined {
  if (!isAwayOn(absence, today())) return undefined
  return filled(absenceTexts(language).awayUntil, { until: calendarDay(absence.until, language) })
}

interface Props {
  call: PageCall
  account: Account
  colleagues: readonly Account[]
  /** Where it is noted; `/remove` after it takes it back. */
  action: string
  refusal: Refusal | undefined
}

export function AbsenceSection({ call, account, colleagues, action, refusal }: Props) {
  if (!atCounter(account)) return null
  const t = absenceTexts(call.language)
  // What is over says nothing any more.
  const absence = account.absence && account.absence.until >= today() ? account.absence : undefined
  const deputies = colleagues.filter((each) => each.id !== account.id && atCounter(each))
  return (
    <section class="section" aria-labelledby="absence">
      <h2 id="absence">{t.title}</h2>
      <p class="hint">{t.lead}</p>
      {absence ? (
        <p class="spaced">
          {filled(t.planned, {
            from: calendarDay(absence.from, call.language),
            until: calendarDay(absence.until, call.language),
          })}{' '}
          <Action action={`${action}/remove`} kind="link">
            {t.back}
          </Action>
        </p>
      ) : null}
      <form method="post" action={action} class="stacked spaced narrow-form">
        <div class="row">
          <Field name="from" label={t.from} type="date" value={absence?.from ?? today()} refusal={refusal} />
          <Field name="until" label={t.until} type="date" value={absence?.until ?? ''} refusal={refusal} />
        </div>
        <Choice
          name="deputyId"
          label={t.deputy}
          options={{ '': t.nobody, ...Object.fromEntries(deputies.map(({ id, name }) => [id, name])) }}
          value={absence?.deputyId ?? ''}
          refusal={refusal}
        />
        <p>
          <button>{absence ? t.change : t.note}</button>
        </p>
      </form>
    </section>
  )
}

/** As `AbsenceSection` asks for it. */
export function absenceIn({ from = '', until = '', deputyId = '' }: PageCall['form']) {
  return { from, until, deputyId: deputyId === '' ? null : deputyId }
}

/** On the queue: that one is away oneself, and for whom one stands in. */
export function AbsenceNotices({ call, staff }: { call: PageCall; staff: readonly Account[] }) {
  const t = absenceTexts(call.language)
  const me = call.actor?.accountId
  const notices = staff.flatMap(({ id, name, absence }) => {
    if (!isAwayOn(absence, today()) || (id !== me && absence.deputyId !== me)) return []
    const until = calendarDay(absence.until, call.language)
    return id === me
      ? [{ id, text: filled(t.youAreAway, { until }), href: '/account#absence', link: t.manage }]
      : [
          {
            id,
            text: filled(t.youReplace, { name, until }),
            href: `/tickets?assignee=${encodeURIComponent(id)}`,
            link: t.theirTickets,
          },
        ]
  })
  return (
    <>
      {notices.map(({ id, text, href, link }) => (
        <p key={id} class="said notice">
          {text} <a href={href}>{link}</a>
        </p>
      ))}
    </>
  )
}
