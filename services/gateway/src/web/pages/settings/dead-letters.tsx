/** Events that a service could not handle: tried again, or given up, in their order. */
import {
  listDeadLetters,
  retryDeadLetter,
  serviceOfDeadLetter,
  type DeadLetter,
} from '@guichet/contracts/delivery'
import { Failure } from '@guichet/contracts/failure'
import { SERVICES } from '../../../services.ts'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Action, Fault } from '../../parts/forms.tsx'
import { When } from '../../parts/time.tsx'
import { settingsTexts } from '../../texts/settings.ts'
import { filled } from '../../texts/texts.ts'
import { SettingsHead } from './tabs.tsx'

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = settingsTexts(call.language)
  const pages = await Promise.all(
    SERVICES.map((service) => call.ask(listDeadLetters(service), { limit: 100 })),
  )
  const letters = pages.flatMap(({ items }) => items)
  return {
    title: t.tabs.failures,
    layout: 'list',
    body: (
      <>
        <SettingsHead call={call} current="failures" />
        <Fault refusal={refusal} />
        {letters.length === 0 ? (
          <EmptyState title={t.noFailureTitle} text={t.noFailure} />
        ) : (
          <>
            <p class="hint">{t.failuresLead}</p>
            <Rows call={call} letters={letters} />
          </>
        )}
      </>
    ),
  }
}

function Rows({ call, letters }: { call: PageCall; letters: readonly DeadLetter[] }) {
  const t = settingsTexts(call.language)
  return (
    <table class="cards spaced">
      <thead>
        <tr>
          <th scope="col">{t.what}</th>
          <th scope="col">{t.where}</th>
          <th scope="col">{t.about}</th>
          <th scope="col">{t.why}</th>
          <th scope="col">{t.since}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <tr key={letter.id}>
            <th scope="row" data-label={t.what} class="breaks">
              {letter.subject}
              {letter.waiting > 0 ? (
                <small class="block">{filled(t.waiting, { n: letter.waiting })}</small>
              ) : null}
            </th>
            <td data-label={t.where}>{letter.consumer}</td>
            <td data-label={t.about} class="breaks">
              {letter.key}
            </td>
            <td data-label={t.why}>
              {letter.code}
              <small class="block">{letter.reason}</small>
            </td>
            <td data-label={t.since}>
              <When at={letter.deadSince} language={call.language} />
            </td>
            <td class="table-actions">
              <span class="actions">
                <Action
                  action={`/dead-letters/${letter.id}/retry`}
                  label={`${t.retry} · ${letter.subject} ${letter.key}`}
                >
                  {t.retry}
                </Action>
                <Action
                  action={`/dead-letters/${letter.id}/skip`}
                  kind="danger"
                  label={filled(t.skipLabel, { what: `${letter.subject} ${letter.key}` })}
                >
                  {t.skip}
                </Action>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const list: Page = { path: '/dead-letters', access: 'admin', show }

function settle(path: 'retry' | 'skip'): Page {
  return {
    ...list,
    path: `/dead-letters/:id/${path}`,
    act: async ({ ask, params, language }) => {
      const id = params['id'] ?? ''
      const service = SERVICES.find((each) => each === serviceOfDeadLetter(id))
      if (!service) throw new Failure('not-found')
      await ask(retryDeadLetter(service), { id, ...(path === 'skip' ? { skip: true } : {}) })
      const t = settingsTexts(language)
      return { redirect: '/dead-letters', done: { text: path === 'skip' ? t.skipped : t.retried } }
    },
  }
}

export const deadLetterPages: readonly Page[] = [list, settle('retry'), settle('skip')]
