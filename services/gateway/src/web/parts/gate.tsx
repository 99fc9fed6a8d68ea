/** A card before one is in, or where one thing is to be done before all others. */
import type { ComponentChildren } from 'preact'
import type { PageCall } from '../page.ts'

export function Gate({ call, children }: { call: PageCall; children: ComponentChildren }) {
  return (
    <section class="gate">
      <a class="brand" href="/">
        {call.brand}
      </a>
      {children}
    </section>
  )
}
