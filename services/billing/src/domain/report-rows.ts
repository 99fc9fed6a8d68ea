/** Reports as tables for a spreadsheet. Pure. */
import type { Ageing, ReportTable, RevenueReport } from '@guichet/contracts/reports'
import { csvOf, figure, text } from './csv.ts'

export function revenueCsv(report: RevenueReport, table: Exclude<ReportTable, 'ageing'>): string {
  switch (table) {
    case 'months':
      return csvOf(
        ['month', 'net', 'documents'],
        report.months.map(({ month, net, documents }) => [
          text(month),
          figure(net),
          figure(String(documents)),
        ]),
      )
    case 'companies':
      return csvOf(
        ['client', 'net'],
        report.companies.map(({ name, net }) => [text(name), figure(net)]),
      )
    case 'sources':
      return csvOf(
        ['source', 'kind', 'net', 'minutes'],
        report.sources.map(({ source, kind, net, minutes }) => [
          text(source),
          text(kind),
          figure(net),
          figure(String(minutes)),
        ]),
      )
    case 'agents':
      return csvOf(
        ['agent', 'net', 'minutes'],
        report.agents.map(({ name, net, minutes }) => [text(name), figure(net), figure(String(minutes))]),
      )
  }
}

const BUCKETS = ['notDue', 'to30', 'to60', 'to90', 'over90', 'total'] as const

export function ageingCsv({ companies }: Ageing): string {
  return csvOf(
    ['client', ...BUCKETS],
    companies.map((company) => [text(company.name), ...BUCKETS.map((bucket) => figure(company[bucket]))]),
  )
}
