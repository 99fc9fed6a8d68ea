/**
 * A message as it was sent. A document of its own: no script, no form, its one style sheet by its hash; pictures of the
 * mail from here, those of other servers only where the reader asked, under a policy that this document alone has.
 */
import { createHash } from 'node:crypto'
import { Failure } from '@guichet/contracts/failure'
import { getTicket, type TimelineEntry } from '@guichet/contracts/ticket'
import { renderToString } from 'preact-render-to-string'
import type { Bare, Page, PageCall } from '../../page.ts'
import { asShown, remoteCount } from '../../parts/mail-html.ts'
import { dateTime } from '../../parts/times.ts'
import { filled } from '../../texts/texts.ts'
import { ticketTexts } from '../../texts/tickets.ts'

const STYLE = `
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #1c2024; background: #fff }
body { margin: 0 }
header { padding: 12px 16px; border-bottom: 1px solid #d5d9de; background: #f6f7f9 }
header p { margin: 4px 0 0; color: #555c64 }
h1 { margin: 4px 0 0; font-size: 1.125rem }
a { color: #0b5cad }
.button { display: inline-block; padding: 6px 12px; border: 1px solid #8a929b; border-radius: 6px; background: #fff; color: inherit; text-decoration: none }
main { padding: 16px; overflow-wrap: anywhere; overflow-x: auto }
img { max-width: 100%; height: auto }
img[data-remote] { display: inline-block; min-width: 24px; min-height: 24px; border: 1px dashed #8a929b }
pre { margin: 0; white-space: pre-wrap; font: inherit }
blockquote { margin: 0 0 0 8px; padding-left: 12px; border-left: 2px solid #d5d9de }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

const policy = (remote: boolean): string =>
  [
    // Its own origin is what lets it have the reader's attachments; without scripts it can do nothing with it.
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    "default-src 'none'",
    `img-src 'self'${remote ? ' https:' : ''}`,
    `style-src 'sha256-${STYLE_HASH}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

async function show(call: PageCall): Promise<Bare> {
  const number = Number(call.params['number'])
  if (!Number.isSafeInteger(number) || number < 1) throw new Failure('not-found')
  const { subject, timeline } = await call.ask(getTicket, { number })
  const message = timeline.find(
    (entry): entry is Extract<TimelineEntry, { text: string }> =>
      entry.id === call.params['entry'] && 'text' in entry,
  )
  if (!message) throw new Failure('not-found')
  const remote = call.query['images'] === 'remote'
  const { html, text, quoted, attachments } = message
  const t = ticketTexts(call.language)
  const blocked = html === null || remote ? 0 : remoteCount(html)
  const document = (
    <html lang={call.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`#${number} ${subject} · ${call.brand}`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header>
          <a href={`/tickets/${number}#${message.id}`}>{filled(t.backToTicket, { number })}</a>
          <h1>{subject}</h1>
          <p>
            {message.by?.name ?? '—'} · {dateTime(message.at, call.language)}
          </p>
          {blocked > 0 ? (
            <p>
              {t.remoteBlocked}{' '}
              <a class="button" href="?images=remote">
                {t.showRemote}
              </a>
            </p>
          ) : null}
        </header>
        {html === null ? (
          <main>
            <pre>{quoted === null ? text : `${text}\n\n${quoted}`}</pre>
          </main>
        ) : (
          <main dangerouslySetInnerHTML={{ __html: asShown(html, attachments, remote) }} />
        )}
      </body>
    </html>
  )
  return { html: `<!doctype html>${renderToString(document)}`, policy: policy(remote) }
}

export const originalPage: Page = {
  path: '/tickets/:number/messages/:entry',
  access: 'signed-in',
  show,
}
