/** Where one can go: a column at the side, or a bar under the thumb. The same entries for both. */
import { isStaff, isStaffWith } from '@guichet/access'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { PageCall } from '../page.ts'
import { shellTexts } from '../texts/shell.ts'
import { Icon, type IconName } from './icon.tsx'
import { Initials } from './person.tsx'

interface Entry {
  href: string
  /** Where else one is in this part of the house. */
  also?: readonly string[]
  icon: IconName
  label: string
}

function entriesOf(actor: AccountActor, language: PageCall['language']): Entry[] {
  const t = shellTexts(language)
  const staff = isStaff(actor)
  const finance = isStaffWith(actor, 'finance', 'admin')
  const entries: (Entry | false)[] = [
    !staff && { href: '/', icon: 'home', label: t.home },
    { href: '/tickets', icon: 'speech', label: t.serviceDesk },
    staff && { href: '/time', icon: 'clock', label: t.timesheet },
    (finance || actor.roles.includes('billing')) && {
      href: '/invoices',
      also: ['/receivables', '/invoice-runs'],
      icon: 'invoice',
      label: t.invoices,
    },
    !staff &&
      actor.roles.includes('manager') && { href: '/colleagues', icon: 'companies', label: t.colleagues },
    staff && { href: '/companies', also: ['/staff', '/people'], icon: 'companies', label: t.companies },
    staff && { href: '/mail/ledger', also: ['/mail', '/outbox'], icon: 'mail', label: t.mail },
    finance && {
      href: '/settings/seller',
      also: ['/settings', '/dead-letters'],
      icon: 'settings',
      label: t.settings,
    },
  ]
  return entries.filter((entry) => entry !== false)
}

/** `/tickets/1001` is under `/tickets`; only home is home. */
function isCurrent(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
}

function MenuLink({ entry, path }: { entry: Entry; path: string }) {
  const isHere = [entry.href, ...(entry.also ?? [])].some((href) => isCurrent(path, href))
  return (
    <a href={entry.href} aria-current={isHere ? 'page' : undefined}>
      <Icon name={entry.icon} />
      <span>{entry.label}</span>
    </a>
  )
}

export function SideMenu({ call }: { call: PageCall }) {
  const { actor, language, path } = call
  if (!actor) return null
  const t = shellTexts(language)
  return (
    <nav class="side-menu" aria-label={t.mainMenu}>
      <a class="brand" href="/">
        {call.brand}
      </a>
      {entriesOf(actor, language).map((entry) => (
        <MenuLink key={entry.href} entry={entry} path={path} />
      ))}
      <div class="me">
        <a href="/account" aria-current={isCurrent(path, '/account') ? 'page' : undefined}>
          <Initials name={actor.name} staff={isStaff(actor)} />
          <span>{actor.name}</span>
        </a>
        <form method="post" action="/sign-out">
          <button class="icon-button" aria-label={t.signOut} title={t.signOut}>
            <Icon name="exit" />
          </button>
        </form>
      </div>
    </nav>
  )
}

/** Three under the thumb, the rest one touch further. */
const UNDER_THE_THUMB = 3

export function BottomMenu({ call }: { call: PageCall }) {
  const { actor, language, path } = call
  if (!actor) return null
  const t = shellTexts(language)
  const entries = entriesOf(actor, language)
  const first = entries.slice(0, UNDER_THE_THUMB)
  const rest = entries.slice(UNDER_THE_THUMB)
  return (
    <nav class="bottom-menu" aria-label={t.mainMenu}>
      {first.map((entry) => (
        <MenuLink key={entry.href} entry={entry} path={path} />
      ))}
      <details data-controller="menu">
        <summary>
          <Icon name="more" />
          <span>{t.more}</span>
        </summary>
        <div class="sheet">
          {rest.map((entry) => (
            <MenuLink key={entry.href} entry={entry} path={path} />
          ))}
          <MenuLink entry={{ href: '/account', icon: 'person', label: t.account }} path={path} />
          <form method="post" action="/sign-out">
            <button class="sheet-button">
              <Icon name="exit" />
              <span>{t.signOut}</span>
            </button>
          </form>
        </div>
      </details>
    </nav>
  )
}
