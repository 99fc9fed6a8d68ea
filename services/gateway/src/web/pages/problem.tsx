import type { Problem } from '@guichet/http'
import type { PageCall, Shown } from '../page.ts'
import { settingsTexts } from '../texts/settings.ts'

/** A page that only says what went wrong and what to do next. */
export function problemPage(call: PageCall, problem: Problem): Shown {
  return {
    title: problem.title,
    status: problem.status,
    body: (
      <section class="empty-state" role="alert">
        <h1>{problem.title}</h1>
        <p>{problem.detail}</p>
        <p class="actions">
          <a class="button" href="/">
            {settingsTexts(call.language).home}
          </a>
        </p>
      </section>
    ),
  }
}
