/** The page around every page: head, side menu, main. */
import { isStaff, isStaffWith } from '@guichet/access'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { stylesheet } from '../assets.ts'
import type { PageCall, Shown } from '../page.ts'
import { textsIn } from '../texts/texts.ts'

export function renderDocument(call: PageCall, shown: Shown): string {
  const t = textsIn(call.language)
  const document = (
    <html lang={call.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${shown.title} · ${call.brand}`}</title>
        <link rel="stylesheet" href={stylesheet.path} />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">
          {t.skipToContent}
        </a>
        {call.actor ? <Menu call={call} /> : null}
        <main id="main" class={call.actor ? 'with-menu' : 'alone'}>
          {shown.body}
        </main>
      </body>
    </html>
  )
  return `<!doctype html>${renderToString(document)}`
}

function Menu({ call }: { call: PageCall }) {
  const { actor } = call
  if (!actor) return null
  const t = textsIn(call.language)
  const seesInvoices = isStaffWith(actor, 'finance', 'admin') || actor.roles.includes('billing')
  return (
    <nav class="menu" aria-label={call.brand}>
      <a class="brand" href="/">
        {call.brand}
      </a>
      <MenuLink href="/tickets">{t.serviceDesk}</MenuLink>
      <MenuLink href="/notifications">{t.notifications}</MenuLink>
      {seesInvoices ? <MenuLink href="/invoices">{t.invoices}</MenuLink> : null}
      {isStaff(actor) ? <MenuLink href="/companies">{t.companies}</MenuLink> : null}
      {isStaff(actor) ? <MenuLink href="/mail/ledger">{t.mail}</MenuLink> : null}
      {isStaffWith(actor, 'finance', 'admin') ? (
        <MenuLink href="/settings/seller">{t.seller}</MenuLink>
      ) : null}
      {isStaffWith(actor, 'admin') ? <MenuLink href="/dead-letters">{t.deadLetters}</MenuLink> : null}
      <form method="post" action="/sign-out" class="me">
        <span>{actor.name}</span>
        <button class="quiet">{t.signOut}</button>
      </form>
    </nav>
  )
}

function MenuLink({ href, children }: { href: string; children: ComponentChildren }) {
  return <a href={href}>{children}</a>
}
