/** Mail about this ticket that did not arrive: in red, with the server's words, before support waits for an answer. */
import { isStaff } from '@guichet/access'
import { Failure } from '@guichet/contracts/failure'
import { listOutbox, type OutgoingMail } from '@guichet/contracts/mail'
import type { PageCall } from '../../page.ts'
import { When } from '../../parts/time.tsx'
import { mailTexts } from '../../texts/mail.ts'

export async function failedMailOf(call: PageCall, ticket: number): Promise<OutgoingMail[]> {
  if (!call.actor || !isStaff(call.actor)) return []
  try {
    const { items } = await call.ask(listOutbox, { ticket, limit: 100 })
    return items.filter(({ status }) => status === 'failed' || status === 'suppressed')
  } catch (error) {
    // The mail gateway is away: the ticket is readable all the same.
    if (error instanceof Failure) return []
    throw error
  }
}

export function FailedMail({ call, mails }: { call: PageCall; mails: readonly OutgoingMail[] }) {
  if (mails.length === 0) return null
  const t = mailTexts(call.language)
  return (
    <section class="fault-box spaced" aria-labelledby="failed-mail">
      <h2 id="failed-mail">{t.notArrived}</h2>
      <ul>
        {mails.map((mail) => (
          <li key={mail.id}>
            <a href={`/outbox/${mail.id}`}>{mail.to}</a> · {t.status[mail.status]} ·{' '}
            <When at={mail.requestedAt} language={call.language} />
            {mail.answer ? <small class="block">{mail.answer}</small> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
