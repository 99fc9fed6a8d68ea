/** An invoice's lines, ticket by ticket, as its PDF has them. */
import type { Invoice, InvoiceLine } from '@guichet/contracts/billing'
import type { PageCall } from '../../page.ts'
import { localDecimal } from '../../parts/decimals.ts'
import { Action } from '../../parts/forms.tsx'
import { difference, sum } from '../../parts/amounts.ts'
import { amount, calendarDay, duration } from '../../parts/times.ts'
import { invoiceTexts } from '../../texts/invoices.ts'
import { filled } from '../../texts/texts.ts'
import { timeClassTexts } from '../../texts/time-classes.ts'

/** In the order of the invoice; lines of one ticket stand together there already. */
function byTicket(lines: readonly InvoiceLine[]): [ticket: number | null, lines: InvoiceLine[]][] {
  const groups: [number | null, InvoiceLine[]][] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last && last[0] === line.ticket) last[1].push(line)
    else groups.push([line.ticket, [line]])
  }
  return groups
}

/** Issued, drafted or only foreseen. */
export type Itemised = Pick<Invoice, 'lines' | 'tickets'> & { id?: string }

interface Props {
  call: PageCall
  invoice: Itemised
  /** Finance, on a draft: lines can be held back. */
  editable: boolean
}

export function Lines({ call, invoice, editable }: Props) {
  const t = invoiceTexts(call.language)
  const groups = byTicket(invoice.lines)
  return (
    <table class="cards invoice-lines">
      <thead>
        <tr>
          <th scope="col">{t.workedOn}</th>
          <th scope="col">{t.what}</th>
          <th scope="col" class="number">
            {t.quantity}
          </th>
          <th scope="col" class="number">
            {t.price}
          </th>
          <th scope="col" class="number">
            {t.net}
          </th>
        </tr>
      </thead>
      {groups.map(([ticket, lines], index) => (
        <tbody key={`${ticket ?? 'none'}-${index}`}>
          <GroupHead call={call} invoice={invoice} ticket={ticket} />
          {lines.map((line) => (
            <Line key={line.id} call={call} invoice={invoice} line={line} editable={editable} />
          ))}
          {lines.length > 1 ? (
            <tr class="subtotal">
              <th scope="row" colspan={4}>
                {t.subtotal}
              </th>
              <td class="number figure">{amount(sum(lines.map(({ net }) => net)), call.language)}</td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  )
}

function GroupHead(props: { call: PageCall; invoice: Itemised; ticket: number | null }) {
  const { call, invoice, ticket } = props
  const t = invoiceTexts(call.language)
  const known = invoice.tickets?.find(({ number }) => number === ticket)
  return (
    <tr class="group">
      <th scope="rowgroup" colspan={5}>
        {ticket === null ? (
          t.otherLines
        ) : (
          <>
            <a href={`/tickets/${ticket}#time`}>
              {filled(t.ticketOf, { number: ticket, subject: known?.subject ?? '' })}
            </a>
            {known ? <small> {filled(t.askedBy, { who: known.requester })}</small> : null}
          </>
        )}
      </th>
    </tr>
  )
}

function Line({ call, invoice, line, editable }: Props & { line: InvoiceLine }) {
  const t = invoiceTexts(call.language)
  const classes = timeClassTexts(call.language)
  const { description, note, quantity, unit, price, per, discountPercent, minutesWorked, agent, kind } = line
  const facts = [
    kind,
    agent,
    minutesWorked === null ? null : filled(t.worked, { time: duration(minutesWorked) }),
    line.surcharge === undefined
      ? null
      : filled(classes.ofLine, {
          name: classes.names[line.surcharge.timeClass],
          percent: localDecimal(line.surcharge.percent, call.language),
        }),
    line.withinDay ? t.withinDay : null,
    note,
  ].filter((each) => each !== null && each !== '')
  return (
    <tr id={`line-${line.id}`}>
      <td data-label={t.workedOn} class="figure">
        {line.workedOn ? calendarDay(line.workedOn, call.language) : '—'}
      </td>
      <td data-label={t.what}>
        <span>
          {description}
          {facts.length > 0 ? <small class="block">{facts.join(' · ')}</small> : null}
          {editable && invoice.lines.length > 1 ? (
            <Action
              action={`/invoices/${invoice.id}/hold`}
              fields={{ line: line.id }}
              kind="link"
              label={filled(t.holdLabel, { what: description })}
            >
              {t.hold}
            </Action>
          ) : null}
        </span>
      </td>
      <td data-label={t.quantity} class="number figure">
        {unit === 'minute'
          ? duration(Math.round(Number(quantity)))
          : `${localDecimal(quantity, call.language)} ${t.units[unit]}`}
      </td>
      <td data-label={t.price} class="number figure">
        {localDecimal(price, call.language)} € /{' '}
        {unit === 'minute' && per === 60 ? t.units.hour : t.units[unit]}
        {discountPercent ? (
          <small class="block">− {localDecimal(discountPercent, call.language)} %</small>
        ) : null}
      </td>
      <td data-label={t.net} class="number figure">
        {amount(line.net, call.language)}
      </td>
    </tr>
  )
}

/** @param foreseen nothing of it is owed yet. */
export function Totals(props: {
  call: PageCall
  invoice: Pick<Invoice, 'totals' | 'allowances' | 'paid'>
  foreseen?: boolean
}) {
  const { call, invoice, foreseen = false } = props
  const t = invoiceTexts(call.language)
  const { totals, allowances, paid } = invoice
  const nothingPaid = paid === '0.00'
  const rows: [label: string, value: string, strong?: true][] = [
    ...allowances.map((each): [string, string] => [
      filled(t.allowance, { reason: each.reason }),
      `-${each.amount}`,
    ]),
    [t.totals.net, totals.net],
    ...totals.vat.map(({ rate, amount: vat }): [string, string] => [
      filled(t.totals.vat, { rate: localDecimal(rate, call.language) }),
      vat,
    ]),
    [t.totals.gross, totals.gross],
    ...(nothingPaid
      ? []
      : [
          [t.totals.payable, totals.payable] as [string, string],
          [t.totals.paid, `-${paid}`] as [string, string],
        ]),
  ]
  const left = difference(totals.payable, paid)
  if (!foreseen) rows.push([nothingPaid ? t.totals.payable : t.totals.left, left, true])
  return (
    <dl class="totals">
      {rows.map(([label, value, strong]) => (
        <div key={label} class={strong ? 'strong' : undefined}>
          <dt>{label}</dt>
          <dd class="figure">{amount(value, call.language)}</dd>
        </div>
      ))}
    </dl>
  )
}
