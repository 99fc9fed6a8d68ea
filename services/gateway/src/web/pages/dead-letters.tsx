/** Events that a service could not handle. */
import { listDeadLetters, retryDeadLetter, serviceOfDeadLetter } from '@guichet/contracts/delivery'
import { Failure } from '@guichet/contracts/failure'
import { SERVICES } from '../../services.ts'
import type { Page } from '../page.ts'
import { Action } from '../parts/forms.tsx'
import { dateTime } from '../parts/times.ts'
import { textsIn } from '../texts/texts.ts'

const list: Page = {
  path: '/dead-letters',
  access: 'admin',
  show: async (call) => {
    const t = textsIn(call.language)
    const pages = await Promise.all(
      SERVICES.map((service) => call.ask(listDeadLetters(service), { limit: 100 })),
    )
    const letters = pages.flatMap(({ items }) => items)
    return {
      title: t.deadLetters,
      body: (
        <>
          <h1>{t.deadLetters}</h1>
          {letters.length === 0 ? <p class="empty-state">{t.nothing}</p> : null}
          <ul class="plain">
            {letters.map((letter) => (
              <li key={letter.id}>
                <strong>{letter.consumer}</strong> {letter.subject} · {letter.key} · {letter.reason} ·{' '}
                {dateTime(letter.deadSince, call.language)}{' '}
                <Action action={`/dead-letters/${letter.id}/retry`} kind="plain">
                  {t.retry}
                </Action>
              </li>
            ))}
          </ul>
        </>
      ),
    }
  },
}

const retry: Page = {
  ...list,
  path: '/dead-letters/:id/retry',
  act: async ({ ask, params }) => {
    const id = params['id'] ?? ''
    const service = SERVICES.find((each) => each === serviceOfDeadLetter(id))
    if (!service) throw new Failure('not-found')
    await ask(retryDeadLetter(service), { id })
    return { redirect: '/dead-letters' }
  },
}

export const deadLetterPages: readonly Page[] = [list, retry]
