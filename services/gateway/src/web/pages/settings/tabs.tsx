/** What of the house this reader may set. */
import { isStaffWith } from '@guichet/access'
import type { PageCall } from '../../page.ts'
import { settingsTexts } from '../../texts/settings.ts'

const TABS = [
  ['seller', '/settings/seller'],
  ['numbers', '/settings/numbers'],
  ['reminders', '/settings/reminders'],
  ['priorities', '/settings/priorities'],
  ['mailTexts', '/settings/mail-texts'],
  ['access', '/settings/access'],
  ['failures', '/dead-letters'],
] as const
export type SettingsTab = (typeof TABS)[number][0]
const FOR_ADMINS: readonly SettingsTab[] = ['priorities', 'mailTexts', 'access', 'failures']

export function SettingsHead({ call, current }: { call: PageCall; current: SettingsTab }) {
  const t = settingsTexts(call.language)
  const admin = call.actor !== undefined && isStaffWith(call.actor, 'admin')
  return (
    <>
      <header class="page-head">
        <h1>{t.title}</h1>
      </header>
      <nav class="views" aria-label={t.title}>
        {TABS.map(([tab, href]) =>
          admin || !FOR_ADMINS.includes(tab) ? (
            <a key={tab} href={href} aria-current={tab === current ? 'page' : undefined}>
              {t.tabs[tab]}
            </a>
          ) : null,
        )}
      </nav>
    </>
  )
}
