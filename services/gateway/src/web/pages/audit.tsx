/** The audit log of one object: what happened to it, by whom, when; newest first. */
import { Failure } from '@guichet/contracts/failure'
import { listHistory, type AuditEntry, type ChangedField } from '@guichet/contracts/service'
import type { Actor } from '@guichet/contracts/values/actor'
import { AUDITED, isAuditedKind, type AuditedKind } from '../../audited.ts'
import type { Page, PageCall } from '../page.ts'
import { Person } from '../parts/person.tsx'
import { dateTime } from '../parts/times.ts'
import { auditTexts } from '../texts/audit.ts'
import { filled } from '../texts/texts.ts'

/** Where the object itself is shown. */
const HOME: Record<AuditedKind, (id: string) => string> = {
  tickets: (id) => `/tickets/${id}`,
  priorities: () => '/settings/priorities',
  'mail-texts': () => '/settings/mail-texts',
  'canned-replies': () => '/settings/replies',
  companies: (id) => `/companies/${id}`,
  accounts: (id) => `/people/${id}`,
  'access-rules': () => '/settings/access',
  addresses: () => '/companies',
  contracts: (id) => `/companies/${id}/contract`,
  packs: (id) => `/companies/${id}/contract`,
  prestations: () => '/time',
  invoices: (id) => `/invoices/${id}`,
  seller: () => '/settings/seller',
  logo: () => '/settings/seller',
  series: () => '/settings/numbers',
  reminders: () => '/settings/reminders',
  'received-mails': (id) => `/mail/${id}`,
  'outgoing-mails': (id) => `/outbox/${id}`,
}

export const auditPage: Page = {
  path: '/audit/:kind/:id',
  access: 'admin',
  show: async (call) => {
    const t = auditTexts(call.language)
    const { kind = '', id = '' } = call.params
    if (!isAuditedKind(kind)) throw new Failure('not-found')
    const { service, collection } = AUDITED[kind]
    const { cursor } = call.query
    const page = await call.ask(listHistory(service), { collection, id, limit: 50, cursor })
    return {
      title: t.title,
      layout: 'list',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
            <a href={HOME[kind](id)}>{kind === 'tickets' ? `${t.kinds[kind]} #${id}` : t.kinds[kind]}</a>
          </header>
          {page.items.length === 0 ? <p class="quiet-text">{t.nothing}</p> : null}
          <table class="cards" hidden={page.items.length === 0}>
            <thead>
              <tr>
                <th scope="col">{t.when}</th>
                <th scope="col">{t.who}</th>
                <th scope="col">{t.what}</th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((entry) => (
                <tr key={entry.id} id={entry.id}>
                  <td data-label={t.when}>
                    <time datetime={entry.at}>{dateTime(entry.at, call.language)}</time>
                  </td>
                  <td data-label={t.who}>
                    <Who call={call} actor={entry.actor} />
                  </td>
                  <th scope="row" data-label={t.what}>
                    <What call={call} entry={entry} />
                  </th>
                </tr>
              ))}
            </tbody>
          </table>
          {page.next ? (
            <p class="paging">
              <a class="button" href={`?${new URLSearchParams({ cursor: page.next }).toString()}`}>
                {t.earlier}
              </a>
            </p>
          ) : null}
        </>
      ),
    }
  },
}

function Who({ call, actor }: { call: PageCall; actor: Actor }) {
  const t = auditTexts(call.language)
  if (actor.kind === 'account') {
    const person = <Person name={actor.name} staff={actor.companyId === null} />
    // A program signs with its token's name, and has no page.
    return actor.email.endsWith('@api.invalid') ? person : <a href={`/people/${actor.accountId}`}>{person}</a>
  }
  return <span class="quiet-text">{actor.kind === 'service' ? t.system : t.nobody}</span>
}

function What({ call, entry }: { call: PageCall; entry: AuditEntry }) {
  const t = auditTexts(call.language)
  const said: Partial<Record<string, string>> = t.events
  const changes = (entry.facts['changes'] ?? []) as ChangedField[]
  const facts = factsOf(entry, call)
  return (
    <>
      {said[entry.subject] ?? entry.subject}
      {facts.length > 0 ? <small class="block">{facts.join(' · ')}</small> : null}
      {changes.map(({ field, from, to }) => (
        <small key={field} class="block">
          {filled(t.change, {
            field: labelOf(field, call),
            from: from === null ? t.none : valueOf(from, call),
            to: to === null ? t.none : valueOf(to, call),
          })}
        </small>
      ))}
    </>
  )
}

/** `rates.0.price` → `tarif 1 prix`: each part by its name, places counted from one. */
function labelOf(field: string, call: PageCall): string {
  const labels: Partial<Record<string, string>> = auditTexts(call.language).labels
  return field
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : (labels[part] ?? part)))
    .join(' ')
}

function valueOf(value: string, call: PageCall): string {
  const values: Partial<Record<string, string>> = auditTexts(call.language).values
  return values[value] ?? value
}

/** What has a name for people is told; ids and references say nothing to a reader. */
function factsOf({ facts }: AuditEntry, call: PageCall): string[] {
  const labels: Partial<Record<string, string>> = auditTexts(call.language).labels
  const { fact } = auditTexts(call.language)
  return Object.entries(facts).flatMap(([name, value]) => {
    const label = labels[name]
    if (label === undefined || value === '') return []
    if (value === true) return [label]
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return [filled(fact, { label, value: valueOf(`${value}`, call) })]
  })
}
