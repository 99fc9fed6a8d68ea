/** Time as an agent sees it, and as finance does. */
import { isStaffWith } from '@guichet/access'
import type { PageCall } from '../page.ts'
import { timeTexts } from '../texts/time.ts'
import { unbilledTexts } from '../texts/unbilled.ts'

export const seesMoney = ({ actor }: PageCall) =>
  actor !== undefined && isStaffWith(actor, 'finance', 'admin')

export function TimeTabs({ call, current }: { call: PageCall; current: 'week' | 'unbilled' | 'balance' }) {
  const t = timeTexts(call.language)
  if (!seesMoney(call)) return null
  const tabs = [
    ['week', '/time', t.title],
    ['unbilled', '/time/unbilled', unbilledTexts(call.language).title],
    ['balance', '/time/balance', t.balance],
  ] as const
  return (
    <nav class="views" aria-label={t.title}>
      {tabs.map(([tab, href, label]) => (
        <a key={tab} href={href} aria-current={tab === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  )
}
