/** What support writes often: kept by those who write it. */
import { isStaffWith } from '@guichet/access'
import { listCannedReplies, putCannedReply, removeCannedReply } from '@guichet/contracts/ticket'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Action, Fault, Field } from '../../parts/forms.tsx'
import { replyTexts } from '../../texts/replies.ts'
import { filled } from '../../texts/texts.ts'

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = replyTexts(call.language)
  const { items } = await call.ask(listCannedReplies, {})
  const edited = items.find(({ id }) => id === call.query['id'])
  const keeps = call.actor !== undefined && isStaffWith(call.actor, 'agent', 'admin')
  return {
    title: t.title,
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
        </header>
        <p class="hint">{t.lead}</p>
        <Fault refusal={refusal} />
        {items.length === 0 ? <EmptyState title={t.emptyTitle} text={t.empty} /> : null}
        <ul class="time-list spaced">
          {items.map(({ id, name, text }) => (
            <li key={id}>
              <span>
                <strong>{name}</strong>
                <small class="block clamp">{text}</small>
              </span>
              {keeps ? (
                <span class="actions">
                  <a href={`/settings/replies?id=${id}`} aria-label={filled(t.editOne, { name })}>
                    {t.edit}
                  </a>
                  <Action
                    action="/settings/replies/remove"
                    fields={{ id }}
                    kind="link"
                    label={filled(t.removeOne, { name })}
                  >
                    {t.remove}
                  </Action>
                </span>
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
        {keeps ? (
          <form method="post" action="/settings/replies" class="stacked narrow-form section">
            <h2>{edited ? filled(t.editOne, { name: edited.name }) : t.add}</h2>
            {edited ? <input type="hidden" name="id" value={edited.id} /> : null}
            <Field name="name" label={t.name} value={edited?.name} maxLength={80} refusal={refusal} />
            <Field
              name="text"
              label={t.text}
              type="textarea"
              value={edited?.text}
              hint={t.places}
              refusal={refusal}
            />
            <p>
              <button class="primary">{t.save}</button>
            </p>
          </form>
        ) : null}
        <AuditLink call={call} kind="canned-replies" id="canned-replies" />
      </>
    ),
  }
}

const list: Page = {
  path: '/settings/replies',
  access: 'staff',
  show,
  act: async ({ ask, form, language }) => {
    const { id, name = '', text = '' } = form
    await ask(putCannedReply, { id: id || undefined, name, text })
    return { redirect: '/settings/replies', done: { text: replyTexts(language).saved } }
  },
}

export const replyPages: readonly Page[] = [
  list,
  {
    ...list,
    path: '/settings/replies/remove',
    act: async ({ ask, form, language }) => {
      await ask(removeCannedReply, { id: form['id'] ?? '' })
      return { redirect: '/settings/replies', done: { text: replyTexts(language).removed } }
    },
  },
]
