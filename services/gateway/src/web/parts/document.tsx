/** The page around every page: head, side menu, top bar with tabs, main, side panel. */
import { renderToString } from 'preact-render-to-string'
import type { AssetPaths } from '../assets.ts'
import type { PageCall, Shown } from '../page.ts'
import { shellTexts } from '../texts/shell.ts'
import { Icon } from './icon.tsx'
import { BottomMenu, SideMenu } from './menu.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { Toast } from './toast.tsx'
import { TopBar } from './top-bar.tsx'

export function renderDocument(call: PageCall, shown: Shown, assets: AssetPaths): string {
  const isForPanel = call.frame === 'panel' && shown.panel !== undefined
  const document = isForPanel ? (
    <html lang={call.language}>
      <body>
        <turbo-frame id="panel">{shown.panel}</turbo-frame>
      </body>
    </html>
  ) : (
    <Whole call={call} shown={shown} assets={assets} />
  )
  return `<!doctype html>${renderToString(document)}`
}

function Whole({ call, shown, assets }: { call: PageCall; shown: Shown; assets: AssetPaths }) {
  const t = shellTexts(call.language)
  const actor = call.enrolling ? undefined : call.actor
  return (
    <html lang={call.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#15181c" media="(prefers-color-scheme: dark)" />
        <meta name="turbo-refresh-method" content="morph" />
        <meta name="turbo-refresh-scroll" content="preserve" />
        <meta name="turbo-cache-control" content="no-preview" />
        {actor ? <meta name="guichet-account" content={actor.accountId} /> : null}
        <title>{`${call.unread > 0 ? `(${call.unread > 99 ? '99+' : call.unread}) ` : ''}${shown.title} · ${call.brand}`}</title>
        <link rel="stylesheet" href={assets.style} data-turbo-track="reload" />
        <script type="module" src={assets.script} data-turbo-track="reload" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body class={actor ? 'shell' : 'threshold'}>
        <a class="skip" href="#main">
          {t.skipToContent}
        </a>
        {actor ? <div id="live" data-controller="live" data-turbo-permanent hidden /> : null}
        {actor ? <SideMenu call={call} /> : null}
        <div class="stage">
          {actor ? <TopBar call={call} /> : null}
          <main
            id="main"
            tabIndex={-1}
            class={shown.layout ?? 'page'}
            data-live={shown.live}
            data-ticket={shown.ticket?.number}
            data-subject={shown.ticket?.subject}
            data-missing={shown.status === 404 ? '' : undefined}
          >
            {shown.body ?? shown.panel}
          </main>
        </div>
        {actor ? <BottomMenu call={call} /> : null}
        <div id="toasts" role="status">
          {call.done ? <Toast done={call.done} language={call.language} /> : null}
        </div>
        {actor ? (
          <>
            <dialog
              class="side-panel"
              id="side-panel"
              data-controller="panel"
              data-action="click->panel#backdrop close->panel#closed turbo:frame-load->panel#loaded turbo:submit-end->panel#sent turbo:frame-missing->panel#missing"
              aria-labelledby="panel-title"
            >
              <button
                type="button"
                class="icon-button side-panel-close"
                data-action="panel#close"
                aria-label={t.close}
              >
                <Icon name="close" />
              </button>
              <turbo-frame id="panel" data-panel-target="frame" />
            </dialog>
            <Shortcuts language={call.language} />
          </>
        ) : null}
      </body>
    </html>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'turbo-frame': IntrinsicElements['section']
    }
  }
}
