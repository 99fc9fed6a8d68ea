/**
 * Revenue over months, by where it comes from: areas upon each other, what was credited below zero, their sum as a line.
 * Drawn on the server as SVG that is stretched to its room, with its words beside it at their own size; the table under
 * it says the same in digits, and so does each month where a pointer rests on it.
 */
import type { RevenueReport, RevenueSource } from '@guichet/contracts/reports'
import type { PageCall } from '../page.ts'
import { apart, pathOf, SIDE, stackedAreas, type Areas } from '../parts/stacked-areas.ts'
import { amount, calendarMonth, shortMonth } from '../parts/times.ts'
import { reportTexts } from '../texts/reports.ts'
import { filled } from '../texts/texts.ts'

type Month = RevenueReport['months'][number]
type Key = RevenueSource | 'sum'

/** Two years, as the eye compares them: what came before is in the tables. */
const MOST_MONTHS = 24
/** From the bottom up. */
const ORDER: readonly RevenueSource[] = ['work', 'fee', 'pack', 'other', 'allowance']
/** Between two names, of the height of the plot: a line of text. */
const NAME_GAP = 80
/** So many months have a name each however small the screen; more have one by quarter there. */
const FEW = 6
/** More than these have every second name on a wide screen. */
const CROWDED = 16

const netOf = ({ sources = [] }: Month, source: RevenueSource): string =>
  sources.find((each) => each.source === source)?.net ?? '0.00'

/** Nothing where there is no course of time to see: of one month the sum says all. `current`: the month that is not over. */
export function RevenueChart(props: { call: PageCall; months: readonly Month[]; current: string }) {
  const { call, current } = props
  const months = props.months.slice(-MOST_MONTHS)
  if (months.length < 2) return null
  const t = reportTexts(call.language)
  const sources = ORDER.filter((source) => months.some((month) => Number(netOf(month, source)) !== 0))
  const areas = stackedAreas(
    sources.map((key) => ({ key, values: months.map((month) => Number(netOf(month, key))) })),
  )
  const isOpen = months.at(-1)?.month === current
  return (
    <section class="section chart-section" aria-labelledby="revenue-chart">
      <h2 id="revenue-chart">{t.overMonths}</h2>
      <figure class="chart">
        <Scale call={call} areas={areas} />
        <Plot call={call} months={months} sources={sources} areas={areas} isOpen={isOpen} />
        <Names call={call} areas={areas} />
        <MonthNames call={call} months={months} />
        <ul class="chart-legend">
          {(['sum', ...areas.bands.map(({ key }) => key).toReversed()] as const).map((key) => (
            <li key={key}>
              <Sample of={key} /> {nameOf(call, key)}
            </li>
          ))}
        </ul>
      </figure>
      {isOpen ? <p class="hint">{t.stillOpen}</p> : null}
      <details class="folded">
        <summary>{t.inDigits}</summary>
        <Digits call={call} months={months} sources={sources} />
      </details>
    </section>
  )
}

function nameOf({ language }: PageCall, key: Key): string {
  const t = reportTexts(language)
  return key === 'sum' ? t.all : t.source[key]
}

function Plot(props: {
  call: PageCall
  months: readonly Month[]
  sources: readonly RevenueSource[]
  areas: Areas<RevenueSource>
  isOpen: boolean
}) {
  const { call, months, sources, areas, isOpen } = props
  const { language } = call
  const t = reportTexts(language)
  const money = (value: string) => amount(value, language)
  const name = (month: Month | undefined) => (month ? calendarMonth(month.month, language) : '')
  const byNet = months.toSorted((a, b) => Number(b.net) - Number(a.net))
  const [best, worst] = [byNet[0], byNet.at(-1)]
  const described = filled(t.chartDescription, {
    from: name(months[0]),
    to: name(months.at(-1)),
    best: name(best),
    most: money(best?.net ?? '0'),
    worst: name(worst),
    least: money(worst?.net ?? '0'),
  })
  const { sum, bands, ticks } = areas
  // Half a month to each side of it, where there is one.
  const from = (at: number) => Math.min(SIDE, Math.max(0, ((at - 0.5) / (months.length - 1)) * SIDE))
  return (
    <svg
      class="chart-plot"
      role="img"
      aria-labelledby="revenue-chart-title revenue-chart-desc"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      preserveAspectRatio="none"
    >
      <title id="revenue-chart-title">{t.overMonths}</title>
      <desc id="revenue-chart-desc">{described}</desc>
      {bands.map(({ key, area }) => (
        <path key={key} class={`area of-${key}`} d={area} />
      ))}
      {ticks.map(({ value, y }) => (
        <path key={value} class={value === 0 ? 'zero' : 'tick'} d={`M0 ${y}H${SIDE}`} />
      ))}
      {bands.map(({ key, edge }) => (
        <path key={key} class={`edge of-${key}`} d={edge} />
      ))}
      <path class="sum" d={pathOf(isOpen ? sum.slice(0, -1) : sum)} />
      {isOpen ? <path class="sum open" d={pathOf(sum.slice(-2))} /> : null}
      {months.map((month, at) => (
        <g key={month.month} class="moment">
          <rect x={from(at)} y="0" width={from(at + 1) - from(at)} height={SIDE}>
            <title>
              {[
                `${name(month)} · ${money(month.net)}`,
                ...sources
                  .filter((source) => Number(netOf(month, source)) !== 0)
                  .map((source) => `${nameOf(call, source)} · ${money(netOf(month, source))}`),
              ].join('\n')}
            </title>
          </rect>
          {/* A line of no length has a round end at any width of the plot; a circle would be stretched. */}
          <path class="dot" d={`M${sum[at]?.[0] ?? 0} ${sum[at]?.[1] ?? 0}h0`} />
        </g>
      ))}
    </svg>
  )
}

const shareOf = (position: number) => `${(position / SIDE) * 100}%`

function Scale({ call, areas: { ticks } }: { call: PageCall; areas: Areas<RevenueSource> }) {
  const isWhole = ticks.every(({ value }) => Number.isInteger(value))
  return (
    <svg class="chart-scale" aria-hidden="true" focusable="false">
      {ticks.map(({ value, y }) => (
        <text key={value} x="100%" y={shareOf(y)} dy="0.32em">
          {isWhole
            ? amount(String(value), call.language).replace(/[.,]00(?=\s)/, '')
            : amount(value.toFixed(2), call.language)}
        </text>
      ))}
    </svg>
  )
}

/** At the ends of what they name, in its colour and in words. */
function Names({ call, areas: { bands, sum } }: { call: PageCall; areas: Areas<RevenueSource> }) {
  const ends: { key: Key; y: number }[] = [
    ...bands.map(({ key, endY }) => ({ key, y: endY })).toReversed(),
    { key: 'sum', y: sum.at(-1)?.[1] ?? 0 },
  ]
  return (
    <svg class="chart-names" aria-hidden="true" focusable="false">
      {apart(ends, NAME_GAP).map(({ key, y }) => (
        <svg key={key} y={shareOf(y)} overflow="visible">
          <Mark of={key} />
          <text x="20" dy="0.32em">
            {nameOf(call, key)}
          </text>
        </svg>
      ))}
    </svg>
  )
}

function Mark({ of: key }: { of: Key }) {
  return key === 'sum' ? (
    <path class="sum" d="M0 0H14" />
  ) : (
    <>
      <rect class={`area of-${key}`} y="-6" width="14" height="12" rx="2" />
      <path class={`edge of-${key}`} d="M0 -6H14" />
    </>
  )
}

function Sample({ of: key }: { of: Key }) {
  return (
    <svg class="chart-sample" viewBox="0 -7 14 14" aria-hidden="true" focusable="false">
      <Mark of={key} />
    </svg>
  )
}

/** The year stands under the first month and under each January. */
function MonthNames({ call, months }: { call: PageCall; months: readonly Month[] }) {
  const isJanuary = ({ month }: Month) => month.endsWith('-01')
  // Two years beside each other would run into one.
  const isYearFirst = !months.slice(1, 3).some(isJanuary)
  return (
    <svg class="chart-months" aria-hidden="true" focusable="false">
      {months.map((each, at) => {
        const { month } = each
        const hasYear = isJanuary(each) || (at === 0 && isYearFirst)
        const number = Number(month.slice(5))
        if (months.length > CROWDED && number % 2 === 0 && !hasYear) return null
        const isKept = months.length <= FEW || number % 3 === 1 || (hasYear && !months.some(isJanuary))
        return (
          <svg
            key={month}
            class={isKept ? undefined : 'dense'}
            x={`${(at / (months.length - 1)) * 100}%`}
            overflow="visible"
          >
            <text dy="1em">{shortMonth(month, call.language)}</text>
            {hasYear ? <text dy="2.3em">{month.slice(0, 4)}</text> : null}
          </svg>
        )
      })}
    </svg>
  )
}

function Digits(props: { call: PageCall; months: readonly Month[]; sources: readonly RevenueSource[] }) {
  const { call, months, sources } = props
  const { language } = call
  const t = reportTexts(language)
  return (
    <table class="cards chart-digits">
      <thead>
        <tr>
          <th scope="col">{t.month}</th>
          {[...sources, 'sum' as const].map((key) => (
            <th key={key} scope="col" class="number">
              {nameOf(call, key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={month.month}>
            <th scope="row" data-label={t.month}>
              {calendarMonth(month.month, language)}
            </th>
            {sources.map((source) => (
              <td key={source} data-label={t.source[source]} class="number figure">
                {Number(netOf(month, source)) === 0 ? '—' : amount(netOf(month, source), language)}
              </td>
            ))}
            <td data-label={t.all} class="number figure">
              {amount(month.net, language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
