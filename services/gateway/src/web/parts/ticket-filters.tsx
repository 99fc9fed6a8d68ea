/** What narrows the list of tickets beside its views, and the filters that an agent keeps. Each is an address to send on. */
import type { Account } from '@guichet/contracts/identity'
import { filterIn, type SavedFilter } from '@guichet/contracts/saved-filters'
import type { PageCall, Refusal } from '../page.ts'
import { filterTexts } from '../texts/filters.ts'
import { filled } from '../texts/texts.ts'
import { atCounter } from './absence.tsx'
import { Choice, Field } from './forms.tsx'

interface Props {
  call: PageCall
  saved: readonly SavedFilter[]
  colleagues: readonly Account[]
  refusal: Refusal | undefined
}

export function TicketFilters({ call, saved, colleagues, refusal }: Props) {
  const t = filterTexts(call.language)
  const shown = refusal?.values['query'] ?? filterIn(new URLSearchParams(call.query))
  // A view alone has its own link above.
  const isNarrowed = [...new URLSearchParams(shown).keys()].some((part) => part !== 'view')
  const isKept = saved.some(({ query }) => query === shown)
  return (
    <div class="ticket-filters">
      {saved.length > 0 ? (
        <ul class="filter-list" aria-label={t.own}>
          {saved.map((filter) => (
            <li key={filter.id} class="chosen">
              <a href={`/tickets?${filter.query}`} aria-current={filter.query === shown ? 'page' : undefined}>
                {filter.name}
              </a>
              {filter.query === shown ? (
                <form method="post" action="/tickets/filters/remove">
                  <input type="hidden" name="id" value={filter.id} />
                  <button class="link" aria-label={filled(t.remove, { name: filter.name })}>
                    ×
                  </button>
                </form>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <details class="folded" open={refusal !== undefined}>
        <summary>{t.filter}</summary>
        <form method="get" action="/tickets" class="row spaced">
          {(['view', 'company'] as const).map((part) =>
            call.query[part] ? <input key={part} type="hidden" name={part} value={call.query[part]} /> : null,
          )}
          <Choice
            name="assignee"
            label={t.assignee}
            options={{
              '': t.everyone,
              ...Object.fromEntries(colleagues.filter(atCounter).map(({ id, name }) => [id, name])),
            }}
            value={call.query['assignee'] ?? ''}
          />
          <button>{t.show}</button>
        </form>
        {isNarrowed && !isKept ? (
          <form method="post" action="/tickets/filters" class="row spaced" aria-label={t.keep}>
            <input type="hidden" name="query" value={shown} />
            <Field name="name" label={t.name} maxLength={60} refusal={refusal} autocomplete="off" />
            <button>{t.save}</button>
          </form>
        ) : null}
      </details>
    </div>
  )
}
