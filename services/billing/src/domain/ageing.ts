/** What clients owe, by how late it is. Pure. */
import type { Ageing } from '@guichet/contracts/reports'
import { decimal, money } from './amounts.ts'
import { openAmount, type InvoiceDocument } from './invoice.ts'
import { daysLate } from './reminders.ts'

type Buckets = Omit<Ageing, 'on' | 'companies'>
const EMPTY: Buckets = {
  notDue: '0.00',
  to30: '0.00',
  to60: '0.00',
  to90: '0.00',
  over90: '0.00',
  total: '0.00',
}

/** An invoice is late from the day after its due day on. */
function bucketOf(days: number): keyof Buckets {
  if (days === 0) return 'notDue'
  if (days <= 30) return 'to30'
  if (days <= 60) return 'to60'
  return days <= 90 ? 'to90' : 'over90'
}

export function ageingOf(receivables: readonly InvoiceDocument[], today: string): Ageing {
  const companies = new Map<string, Ageing['companies'][number]>()
  let all = EMPTY
  for (const invoice of receivables) {
    const open = money(openAmount(invoice))
    const bucket = bucketOf(daysLate(invoice, today))
    all = added(all, bucket, open)
    const { companyId: id, companyName: name } = invoice
    companies.set(id, { ...added(companies.get(id) ?? EMPTY, bucket, open), id, name })
  }
  const rows = [...companies.values()].toSorted((a, b) => decimal(b.total).cmp(decimal(a.total)))
  return { on: today, companies: rows, ...all }
}

function added(buckets: Buckets, bucket: keyof Buckets, amount: string): Buckets {
  const plus = (name: keyof Buckets) => money(decimal(buckets[name]).plus(decimal(amount)))
  return { ...buckets, [bucket]: plus(bucket), total: plus('total') }
}
