import type { Problem } from '@guichet/http'
import type { PageCall, Shown } from '../page.ts'
import { textsIn } from '../texts/texts.ts'

/** A page that only says what went wrong and what to do next. */
export function problemPage(call: PageCall, problem: Problem): Shown {
  return {
    title: problem.title,
    status: problem.status,
    body: (
      <section class="plate stack" role="alert">
        <h1>{problem.title}</h1>
        <p>{problem.detail}</p>
        <p>
          <a href="/">{textsIn(call.language).home}</a>
        </p>
      </section>
    ),
  }
}
