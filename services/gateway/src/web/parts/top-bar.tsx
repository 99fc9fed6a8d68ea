/** Above every page: search, the open tickets in tabs, the unread, a new ticket. */
import { shellTexts } from '../texts/shell.ts'
import type { PageCall } from '../page.ts'
import { Icon } from './icon.tsx'

export function TopBar({ call }: { call: PageCall }) {
  const t = shellTexts(call.language)
  const { unread } = call
  return (
    <header class="top-bar">
      <a class="brand" href="/">
        {call.brand}
      </a>
      <form class="search" role="search" action="/tickets">
        <label class="unseen" for="search">
          {t.search}
        </label>
        <Icon name="search" size={16} />
        <input
          id="search"
          name="q"
          type="search"
          placeholder={t.searchHint}
          value={call.path === '/tickets' ? call.query['q'] : undefined}
          data-key="/"
        />
      </form>
      <nav
        id="tabs"
        class="tabs empty"
        aria-label={t.openTabs}
        data-turbo-permanent
        data-controller="tabs"
        data-tabs-close-value={t.closeTab}
      >
        <ul data-tabs-target="list" />
      </nav>
      <div class="top-actions">
        <a class="bell icon-button" href="/notifications" data-controller="counter" data-key="b">
          <Icon name="bell" />
          <span class="unseen">{t.notifications}</span>
          <span class="badge" data-counter-target="badge" data-count={unread} hidden={unread === 0}>
            {unread > 99 ? '99+' : unread}
          </span>
        </a>
        <a class="button primary" href="/tickets/new" data-turbo-frame="panel" data-key="n">
          <Icon name="plus" size={16} />
          <span>{t.newTicket}</span>
        </a>
      </div>
    </header>
  )
}
