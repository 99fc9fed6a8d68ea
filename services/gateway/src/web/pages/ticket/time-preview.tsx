/** What the time being typed would cost: a frame of the ticket's page, and a page of its own without script. */
import { Failure } from '@guichet/contracts/failure'
import { previewPrestation, type PrestationPreview } from '@guichet/contracts/service-time'
import type { Page, PageCall } from '../../page.ts'
import { localDecimal } from '../../parts/decimals.ts'
import { amount, duration } from '../../parts/times.ts'
import { filled } from '../../texts/texts.ts'
import { timeClassTexts } from '../../texts/time-classes.ts'
import { timeTexts } from '../../texts/time.ts'

const numberOf = ({ params }: PageCall) => Number(params['number'])

/** undefined: not enough is typed yet to say anything. */
async function previewOf(call: PageCall): Promise<PrestationPreview | undefined> {
  const { workedOn = '', startedAt, minutes, kind = '', notBillable } = call.query
  try {
    return await call.ask(previewPrestation, {
      ticket: numberOf(call),
      prestation: {
        workedOn,
        ...(startedAt ? { startedAt: startedAt.slice(0, 5) } : {}),
        minutes: Number(minutes),
        kind,
        description: '',
        billable: notBillable !== 'true',
      },
    })
  } catch (error) {
    // Whoever may not see the ticket does not find it; a field that is not right yet is no fault while one types.
    if (error instanceof Failure && error.fields.length > 0) return undefined
    throw error
  }
}

/** What it costs, and what of it the hours put on top. */
function wordsOf(call: PageCall, preview: PrestationPreview | undefined): string {
  const t = timeClassTexts(call.language)
  const raised = (preview?.why === 'not-billable' ? [] : (preview?.surcharges ?? [])).map(
    ({ timeClass, percent, minutes }) =>
      filled(t.preview, {
        minutes: duration(minutes),
        name: t.inName[timeClass],
        percent: localDecimal(percent, call.language),
      }),
  )
  return [costOf(call, preview), ...discountOf(call, preview), ...raised, ...dayOf(call, preview)].join(', ')
}

/** What is off the price, and why that much. */
function discountOf(call: PageCall, preview: PrestationPreview | undefined): string[] {
  const { discountPercent, discountOf: of, why } = preview ?? {}
  const isBilled = why === 'priced' || (why === 'covered' && preview?.cost !== '0.00')
  if (!discountPercent || !isBilled) return []
  const t = timeTexts(call.language)
  if (Number(discountPercent) === 0) return [t.noKindDiscount]
  const percent = localDecimal(discountPercent, call.language)
  return [filled(of === 'kind' ? t.kindDiscount : t.discount, { percent })]
}

/** Why a piece of work costs less than its own length, where the day's work is rounded as one. */
function dayOf(call: PageCall, preview: PrestationPreview | undefined): string[] {
  const { dayBefore, why } = preview ?? {}
  if (!dayBefore || dayBefore.worked === 0 || why === 'not-billable' || why === 'no-price') return []
  const [worked, billed] = [duration(dayBefore.worked), duration(dayBefore.billed)]
  return [filled(timeTexts(call.language).dayBefore, { worked, billed })]
}

function costOf(call: PageCall, preview: PrestationPreview | undefined): string {
  const t = timeTexts(call.language)
  if (!preview) return t.incomplete
  const { why, billedMinutes, cost, coveredMinutes, packMinutesLeft, price } = preview
  const decimal = price === null ? undefined : localDecimal(price, call.language)
  if (why === 'not-billable') return t.notBillable
  if (why === 'no-price' || cost === null) return t.noPrice
  const money = amount(cost, call.language)
  if (why === 'priced')
    return filled(t.costs, { minutes: duration(billedMinutes ?? 0), price: decimal ?? '', cost: money })
  const minutes = duration(coveredMinutes)
  return coveredMinutes === billedMinutes
    ? filled(t.covered, { minutes, left: duration(packMinutesLeft - coveredMinutes) })
    : filled(t.coveredPartly, { minutes, cost: money })
}

export const timePreviewPage: Page = {
  path: '/tickets/:number/time-preview',
  access: 'staff',
  show: async (call) => {
    const t = timeTexts(call.language)
    return {
      title: t.preview,
      layout: 'card',
      body: (
        <>
          <header class="page-head">
            <h1>{t.preview}</h1>
          </header>
          <turbo-frame id="time-preview">
            <p class="said" role="status">
              {wordsOf(call, await previewOf(call))}
            </p>
          </turbo-frame>
          <p class="section">
            <a href={`/tickets/${numberOf(call)}`}>{t.back}</a>
          </p>
        </>
      ),
    }
  },
}
