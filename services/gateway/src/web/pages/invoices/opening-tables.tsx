/** Open balances of another system as tables: invoices that are still to be paid, prepaid hours that are left. */
import { takeOverInvoices, takeOverPacks } from '@guichet/contracts/take-over'
import type { Page, PageCall, Redirect } from '../../page.ts'
import { tableImportPages } from '../../parts/table-import.tsx'
import { amount, calendarDay, duration } from '../../parts/times.ts'
import { counted } from '../../texts/in-three.ts'
import { openingTableTexts } from '../../texts/opening-tables.ts'
import { filled } from '../../texts/texts.ts'

const INVOICES = '/take-over/invoices'
const PACKS = '/take-over/packs'

const tabs =
  (current: string) =>
  ({ language }: PageCall) => {
    const t = openingTableTexts(language)
    return (
      <nav class="views" aria-label={t.title}>
        {[[INVOICES, t.invoices.tab] as const, [PACKS, t.packs.tab] as const].map(([path, text]) => (
          <a key={path} href={path} aria-current={path === current ? 'page' : undefined}>
            {text}
          </a>
        ))}
      </nav>
    )
  }

/** What is left to mend is shown again; where nothing is, what was made. */
function after(call: PageCall, path: string, made: string, faulty: number, text: string): Redirect {
  const again = `${path}?file=${encodeURIComponent(call.form['file'] ?? '')}`
  return { redirect: faulty > 0 ? again : made, done: { text } }
}

const invoicePages = tableImportPages({
  path: INVOICES,
  access: 'finance',
  ask: ({ ask, language }, blobId, commit) => ask(takeOverInvoices, { blobId, commit, language }),
  title: ({ language }) => openingTableTexts(language).title,
  lead: ({ language }) => openingTableTexts(language).invoices.lead,
  above: tabs(INVOICES),
  summary: ({ language }, report) =>
    filled(openingTableTexts(language).invoices.summary, {
      ...countsOf(report),
      open: amount(report.open, language),
    }),
  commit: ({ language }, report) =>
    report.new > 0 ? counted(openingTableTexts(language).invoices.commit, report.new, language) : undefined,
  columns: ({ language }) => {
    const t = openingTableTexts(language).invoices
    const money = (value: string | null) => (value === null ? '' : amount(value, language))
    const day = (value: string | null) => (value === null ? '' : calendarDay(value, language))
    return [
      { heading: t.number, cell: ({ number }) => number },
      { heading: t.client, cell: ({ company, client }) => company?.name ?? client },
      { heading: t.issuedOn, cell: ({ issuedOn }) => day(issuedOn) },
      { heading: t.dueOn, cell: ({ dueOn }) => day(dueOn) },
      { heading: t.amount, number: true, cell: (line) => money(line.amount) },
      { heading: t.paid, number: true, cell: ({ paid }) => money(paid) },
      { heading: t.open, number: true, cell: ({ open }) => money(open) },
    ]
  },
  done: (call, report) =>
    after(
      call,
      INVOICES,
      '/receivables',
      report.faulty,
      filled(openingTableTexts(call.language).invoices.done, countsOf(report)),
    ),
})

const packPages = tableImportPages({
  path: PACKS,
  access: 'finance',
  ask: ({ ask, language }, blobId, commit) => ask(takeOverPacks, { blobId, commit, language }),
  title: ({ language }) => openingTableTexts(language).title,
  lead: ({ language }) => openingTableTexts(language).packs.lead,
  above: tabs(PACKS),
  summary: ({ language }, report) =>
    filled(openingTableTexts(language).packs.summary, {
      ...countsOf(report),
      time: duration(report.minutes),
    }),
  commit: ({ language }, report) =>
    report.new > 0 ? counted(openingTableTexts(language).packs.commit, report.new, language) : undefined,
  columns: ({ language }) => {
    const t = openingTableTexts(language).packs
    const day = (value: string | null) => (value === null ? '' : calendarDay(value, language))
    return [
      { heading: t.client, cell: ({ company, client }) => company?.name ?? client },
      { heading: t.reference, cell: ({ reference }) => reference },
      {
        heading: t.hours,
        number: true,
        cell: ({ minutes }) => (minutes === null ? '' : duration(minutes)),
      },
      { heading: t.validFrom, cell: ({ validFrom }) => day(validFrom) },
      { heading: t.validUntil, cell: ({ validUntil }) => day(validUntil) },
      {
        heading: t.price,
        number: true,
        cell: ({ price }) => (price === null ? '' : amount(price, language)),
      },
    ]
  },
  // The report again: each line is known now, and names its client.
  done: (call, report) => {
    const text = filled(openingTableTexts(call.language).packs.done, countsOf(report))
    return after(
      call,
      PACKS,
      `${PACKS}?file=${encodeURIComponent(call.form['file'] ?? '')}`,
      report.faulty,
      text,
    )
  },
})

const countsOf = ({ new: made, known, faulty }: { new: number; known: number; faulty: number }) => ({
  new: made,
  known,
  faulty,
})

export const openingTablePages: readonly Page[] = [...invoicePages, ...packPages]
