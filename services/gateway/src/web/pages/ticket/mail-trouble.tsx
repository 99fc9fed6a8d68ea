/** Mails of this ticket that did not reach anybody: in the thread, where they should have gone out. */
import { isStaff } from '@guichet/access'
import { Failure } from '@guichet/contracts/failure'
import { listOutbox, type OutgoingMail } from '@guichet/contracts/mail'
import type { TimelineEntry } from '@guichet/contracts/ticket'
import type { PageCall } from '../../page.ts'
import { When } from '../../parts/time.tsx'
import { deskTexts } from '../../texts/desk.ts'
import { filled } from '../../texts/texts.ts'

/** Oldest first. A mail that the server put off is trouble too: somebody waits for it. */
export async function mailTroubleOf(call: PageCall, ticket: number): Promise<OutgoingMail[]> {
  if (!call.actor || !isStaff(call.actor)) return []
  try {
    const { items } = await call.ask(listOutbox, { ticket, limit: 100 })
    return items.filter(isTrouble).toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt))
  } catch (error) {
    // The mail gateway is away: the ticket is readable all the same.
    if (error instanceof Failure) return []
    throw error
  }
}

function isTrouble({ status, answer }: OutgoingMail): boolean {
  return status === 'failed' || status === 'suppressed' || (status === 'queued' && answer !== null)
}

export type Line = { entry: TimelineEntry } | { mail: OutgoingMail }

/** The thread with its undelivered mails, each behind what was said before it was due. */
export function withMailTrouble(timeline: readonly TimelineEntry[], mails: readonly OutgoingMail[]): Line[] {
  const left = [...mails]
  const lines: Line[] = []
  for (const entry of timeline) {
    while (left[0] && left[0].requestedAt < entry.at) lines.push({ mail: left.shift() as OutgoingMail })
    lines.push({ entry })
  }
  return [...lines, ...left.map((mail) => ({ mail }))]
}

export function MailTrouble({ call, mail }: { call: PageCall; mail: OutgoingMail }) {
  const t = deskTexts(call.language)
  const said = { failed: t.notSent, suppressed: t.withheld, queued: t.notSentYet, sent: '', kept: '' }
  const { id, to, status, answer, requestedAt } = mail
  return (
    <li class="change undelivered" id={`mail-${id}`}>
      <p class={status === 'queued' ? 'mail-state late' : 'mail-state failed'}>
        <strong>{filled(said[status], { to })}</strong> · <When at={requestedAt} language={call.language} />
        {answer ? <q class="block">{answer}</q> : null} <a href={`/outbox/${id}`}>{t.readMail}</a>
      </p>
    </li>
  )
}
