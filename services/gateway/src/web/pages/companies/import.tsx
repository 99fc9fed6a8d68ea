/** Clients brought over from another system: looked over line by line before anything is written. */
import { importClients, type ImportedLine } from '@guichet/contracts/client-import'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { FileField } from '../../parts/file-field.tsx'
import { Fault } from '../../parts/forms.tsx'
import { importTexts } from '../../texts/client-import.ts'
import { filled } from '../../texts/texts.ts'

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = importTexts(call.language)
  const blobId = refusal ? undefined : call.query['file']
  const report = blobId
    ? await call.ask(importClients, { blobId, commit: false, language: call.language })
    : undefined
  return {
    title: t.title,
    layout: 'list',
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
        </header>
        <Fault refusal={refusal} />
        {report ? (
          <>
            <p class="said" role="status">
              {filled(t.summary, {
                companies: report.newCompanies,
                people: report.newPeople,
                known: report.known,
                faulty: report.faulty,
              })}
              . {t.nothingYet}
            </p>
            <p class="actions spaced">
              {report.newPeople > 0 ? (
                <form method="post" action="/companies/import/commit" class="inline">
                  <input type="hidden" name="file" value={blobId} />
                  <button class="primary">{filled(t.commit, { people: report.newPeople })}</button>
                </form>
              ) : null}
              <a class="button" href="/companies/import">
                {t.again}
              </a>
            </p>
            {report.faulty > 0 ? <p class="hint spaced">{t.commitHint}</p> : null}
            <Lines call={call} lines={report.lines} />
          </>
        ) : (
          <form method="post" enctype="multipart/form-data" class="stacked narrow-form">
            <p class="hint">{t.lead}</p>
            <FileField language={call.language} />
            <p>
              <button class="primary">{t.check}</button>
            </p>
          </form>
        )}
      </>
    ),
  }
}

/** What is to be mended comes first: it is why one looks. */
function Lines({ call, lines }: { call: PageCall; lines: readonly ImportedLine[] }) {
  const t = importTexts(call.language)
  const sorted = lines.toSorted(
    (a, b) => Number(b.outcome === 'faulty') - Number(a.outcome === 'faulty') || a.line - b.line,
  )
  return (
    <table class="cards spaced">
      <thead>
        <tr>
          <th scope="col">{t.line}</th>
          <th scope="col">{t.company}</th>
          <th scope="col">{t.email}</th>
          <th scope="col">{t.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ line, company, email, outcome, faults }) => (
          <tr key={line}>
            <th scope="row" data-label={t.line} class="figure">
              {line}
            </th>
            <td data-label={t.company}>{company || '—'}</td>
            <td data-label={t.email}>{email || '—'}</td>
            <td data-label={t.outcome}>
              <span class={`status ${outcome === 'faulty' ? 'failed' : outcome === 'new' ? 'new' : 'sent'}`}>
                {t.outcomes[outcome]}
              </span>
              {faults.map(({ column, code, detail }) => (
                <small key={column + code} class="block fault">
                  {column} : {detail}
                </small>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export const importPages: readonly Page[] = [
  {
    path: '/companies/import',
    access: 'admin',
    show,
    act: async ({ ask, files, language }) => {
      const blobId = files[0]?.blobId ?? 'none'
      // Read once here, so that what is no table is refused on the form.
      await ask(importClients, { blobId, commit: false, language })
      return { redirect: `/companies/import?file=${encodeURIComponent(blobId)}` }
    },
  },
  {
    path: '/companies/import/commit',
    access: 'admin',
    show,
    act: async ({ ask, form, language }) => {
      const { newPeople } = await ask(importClients, { blobId: form['file'] ?? '', commit: true, language })
      const text = filled(importTexts(language).done, { people: newPeople })
      return { redirect: '/companies', done: { text } }
    },
  },
]
