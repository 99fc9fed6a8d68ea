/** What narrows the ledger and the quarantine: who wrote, why it ended there, when. Each filter is an address to send on. */
import type { OutputOf } from '@guichet/contracts/definition'
import { MailReason, type listLedger } from '@guichet/contracts/mail'
import { isRealDay } from '@guichet/contracts/values/day'
import type { PageCall } from '../../page.ts'
import { Choice, Field } from '../../parts/forms.tsx'
import { mailFilterTexts } from '../../texts/mail-filter.ts'
import { filled } from '../../texts/texts.ts'

const PARTS = ['sender', 'reason', 'since', 'until'] as const
type Part = (typeof PARTS)[number]

/** What the address asks for; what is none of it is as if it were not there. */
export function filterOf({ query }: PageCall) {
  const day = (part: Part) => (isRealDay(query[part] ?? '') ? query[part] : undefined)
  const sender = query['sender']?.trim().slice(0, 254)
  return {
    // One letter is no address.
    sender: sender !== undefined && sender.length > 1 ? sender : undefined,
    reason: MailReason.anyOf.map((each) => each.const).find((each) => each === query['reason']),
    since: day('since'),
    until: day('until'),
  }
}

/** Whether the address narrows anything. */
export const isNarrowed = (call: PageCall): boolean =>
  Object.values(filterOf(call)).some((part) => part !== undefined)

/** The address of a list with this filter, and with what else is said. */
export function withFilter(
  call: PageCall,
  path: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries(filterOf(call)).filter(
    (part): part is [string, string] => part[1] !== undefined,
  )
  const query = new URLSearchParams({ ...Object.fromEntries(kept), ...more }).toString()
  return query === '' ? path : `${path}?${query}`
}

interface Props {
  call: PageCall
  path: string
  reasons: NonNullable<OutputOf<typeof listLedger>['reasons']>
  outcome?: string | undefined
}

export function LedgerFilter({ call, path, reasons, outcome }: Props) {
  const t = mailFilterTexts(call.language)
  const filter = filterOf(call)
  // What is chosen can be seen, also where nothing of it is left.
  const offered =
    filter.reason && !reasons.some(({ reason }) => reason === filter.reason)
      ? [...reasons, { reason: filter.reason, count: 0 }]
      : reasons
  return (
    <form method="get" action={path} class="filters" aria-label={t.filter}>
      {outcome ? <input type="hidden" name="outcome" value={outcome} /> : null}
      <Field
        name="sender"
        type="search"
        label={t.sender}
        placeholder={t.senderExample}
        value={filter.sender ?? ''}
        maxLength={254}
        required={false}
        autocomplete="off"
      />
      <Choice
        name="reason"
        label={t.reason}
        options={{
          '': t.anyReason,
          ...Object.fromEntries(
            offered.map(({ reason, count }) => [
              reason,
              filled(t.counted, { reason: t.reasons[reason], count }),
            ]),
          ),
        }}
        value={filter.reason ?? ''}
      />
      <Field name="since" type="date" label={t.since} value={filter.since ?? ''} required={false} />
      <Field name="until" type="date" label={t.until} value={filter.until ?? ''} required={false} />
      <button>{t.show}</button>
      {isNarrowed(call) ? (
        <a class="button quiet" href={outcome ? `${path}?${new URLSearchParams({ outcome })}` : path}>
          {t.everything}
        </a>
      ) : null}
    </form>
  )
}
