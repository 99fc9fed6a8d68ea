/** What people bring along as a table: a file or pasted lines, looked over line by line before anything is written. */
import { Failure } from '@guichet/contracts/failure'
import type { LineFault, LineOutcome } from '@guichet/contracts/values/table'
import type { ComponentChildren } from 'preact'
import type { Page, PageAccess, PageCall, Redirect, Refusal, Shown } from '../page.ts'
import { tableTexts } from '../texts/tables.ts'
import { FileField } from './file-field.tsx'
import { Fault, Field } from './forms.tsx'

interface Line {
  line: number
  outcome: LineOutcome
  faults: readonly LineFault[]
}
interface Report {
  lines: readonly Line[]
  faulty: number
}
type LineOf<R extends Report> = R['lines'][number]

/** A cell of the report, under the heading of its column. */
export interface ReportColumn<L> {
  heading: string
  number?: boolean
  cell: (line: L) => ComponentChildren
}

export interface TableImport<R extends Report> {
  path: string
  access: PageAccess
  ask: (call: PageCall, blobId: string, commit: boolean) => Promise<R>
  title: (call: PageCall) => string
  /** Which columns the file has. */
  lead: (call: PageCall) => ComponentChildren
  /** Above the form and the report. */
  above?: (call: PageCall) => ComponentChildren
  summary: (call: PageCall, report: R) => string
  /** What the button does; undefined: there is nothing to do. */
  commit: (call: PageCall, report: R) => string | undefined
  columns: (call: PageCall) => readonly ReportColumn<LineOf<R>>[]
  done: (call: PageCall, report: R) => Redirect
}

export function tableImportPages<R extends Report>(own: TableImport<R>): Page[] {
  const { path, access } = own
  const show = async (call: PageCall, refusal?: Refusal): Promise<Shown> => ({
    title: own.title(call),
    layout: 'list',
    body: (
      <>
        <header class="page-head">
          <h1>{own.title(call)}</h1>
        </header>
        {own.above?.(call)}
        <Fault refusal={refusal} />
        {(await lookedOver(own, call, refusal)) ?? <Given own={own} call={call} refusal={refusal} />}
      </>
    ),
  })
  return [
    {
      path,
      access,
      show,
      act: async (call) => {
        const { pasted = '' } = call.form
        const blobId = call.files[0]?.blobId ?? (pasted.trim() === '' ? 'none' : await call.keep(pasted))
        // Read once here, so that what is no table is refused on the form.
        await own.ask(call, blobId, false)
        return { redirect: `${path}?file=${encodeURIComponent(blobId)}` }
      },
    },
    {
      path: `${path}/commit`,
      access,
      show,
      act: async (call) => own.done(call, await own.ask(call, call.form['file'] ?? '', true)),
    },
  ]
}

/** The report of a file that was given, also where taking it was refused: it can be tried again. */
async function lookedOver<R extends Report>(
  own: TableImport<R>,
  call: PageCall,
  refusal: Refusal | undefined,
) {
  const blobId = refusal ? refusal.values['file'] : call.query['file']
  if (!blobId) return undefined
  try {
    return <Looked own={own} call={call} blobId={blobId} report={await own.ask(call, blobId, false)} />
  } catch (error) {
    if (refusal && error instanceof Failure) return undefined
    throw error
  }
}

function Given<R extends Report>(props: {
  own: TableImport<R>
  call: PageCall
  refusal: Refusal | undefined
}) {
  const { own, call, refusal } = props
  const t = tableTexts(call.language)
  return (
    <form method="post" action={own.path} enctype="multipart/form-data" class="stacked narrow-form">
      <p class="hint">{own.lead(call)}</p>
      <FileField language={call.language} ofTable />
      <Field
        name="pasted"
        label={t.paste}
        type="textarea"
        required={false}
        hint={t.pasteHint}
        refusal={refusal}
      />
      <p>
        <button class="primary">{t.check}</button>
      </p>
    </form>
  )
}

function Looked<R extends Report>(props: { own: TableImport<R>; call: PageCall; blobId: string; report: R }) {
  const { own, call, blobId, report } = props
  const t = tableTexts(call.language)
  const commit = own.commit(call, report)
  return (
    <>
      <p class="said" role="status">
        {own.summary(call, report)}. {commit === undefined ? t.nothingNew : t.nothingYet}
      </p>
      <div class="actions spaced">
        {commit === undefined ? null : (
          <form method="post" action={`${own.path}/commit`} class="inline">
            <input type="hidden" name="file" value={blobId} />
            <button class="primary">{commit}</button>
          </form>
        )}
        <a class="button" href={own.path}>
          {t.again}
        </a>
      </div>
      {report.faulty > 0 ? <p class="hint spaced">{t.mendHint}</p> : null}
      <Lines<LineOf<R>> call={call} columns={own.columns(call)} lines={report.lines} />
    </>
  )
}

const STATUS = { faulty: 'failed', new: 'new', known: 'sent' } as const

/** What is to be mended comes first: it is why one looks. */
function Lines<L extends Line>(props: {
  call: PageCall
  columns: readonly ReportColumn<L>[]
  lines: readonly L[]
}) {
  const { call, columns, lines } = props
  const t = tableTexts(call.language)
  const sorted = lines.toSorted(
    (a, b) => Number(b.outcome === 'faulty') - Number(a.outcome === 'faulty') || a.line - b.line,
  )
  return (
    <table class="cards spaced">
      <thead>
        <tr>
          <th scope="col">{t.line}</th>
          {columns.map(({ heading, number }) => (
            <th key={heading} scope="col" class={number ? 'number' : undefined}>
              {heading}
            </th>
          ))}
          <th scope="col">{t.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((each) => (
          <tr key={each.line}>
            <th scope="row" data-label={t.line} class="figure">
              {each.line}
            </th>
            {columns.map(({ heading, number, cell }) => (
              <td key={heading} data-label={heading} class={number ? 'number figure' : undefined}>
                {cell(each) || '—'}
              </td>
            ))}
            <td data-label={t.outcome}>
              <span class={`status ${STATUS[each.outcome]}`}>{t.outcomes[each.outcome]}</span>
              {each.faults.map(({ column, code, detail }) => (
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
