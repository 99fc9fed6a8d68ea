/** Lines ticket by ticket, as both the summary and the table read them. */
import type { PrintOrder } from '../src/documents/invoice-printer.ts'
import { decimal, money, sum } from '../src/domain/amounts.ts'
import type { StoredLine } from '../src/domain/invoice.ts'

export interface Group {
  /** null: lines of no ticket. */
  ticket: number | null
  subject: string
  requester: string
  lines: StoredLine[]
  /** Billed; 0 where nothing was counted in minutes. */
  minutes: number
  net: string
}

/** Lines of one ticket together, in the order in which tickets come first. */
export function groupsOf({ lines, tickets }: PrintOrder['invoice']): Group[] {
  const groups = new Map<number | null, StoredLine[]>()
  for (const line of lines) {
    const own = groups.get(line.ticket)
    if (own) own.push(line)
    else groups.set(line.ticket, [line])
  }
  return [...groups].map(([ticket, own]) => {
    const label = tickets.find(({ number }) => number === ticket)
    return {
      ticket,
      subject: label?.subject ?? '',
      requester: label?.requester ?? '',
      lines: own,
      minutes: own.reduce((total, line) => total + minutesOf(line), 0),
      net: money(sum(own.map(({ net }) => decimal(net)))),
    }
  })
}

/** Whole minutes only: what is written by hand may be any figure. */
function minutesOf({ unit, quantity }: StoredLine): number {
  return unit === 'minute' && /^-?\d+$/.test(quantity) ? Number(quantity) : 0
}
