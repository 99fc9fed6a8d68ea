/** What a client's work costs: rates by kind, terms, prepaid hours. */
import {
  getContract,
  listPacks,
  putContract,
  sellPack,
  withdrawPack,
  type Contract,
  type ContractTerms,
  type Pack,
} from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { getCompany } from '@guichet/contracts/identity'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { decimalIn, localDecimal } from '../../parts/decimals.ts'
import { Check, Choice, Fault, Field } from '../../parts/forms.tsx'
import { calendarDay, today } from '../../parts/times.ts'
import { companyTexts } from '../../texts/companies.ts'
import { Hours, timeClassesIn } from './time-classes.tsx'
import { Packs } from './packs.tsx'
import { Rates, ratesWith, ratesWithout, rateText } from './rates.tsx'
import { OpeningInvoiceForm, takeOver } from './opening-invoice.tsx'
import { Fees, feesWith, feesWithout } from './fees.tsx'
import { isFinance } from '../invoices/list.tsx'
import { CompanyTabs } from './one.tsx'

const idOf = ({ params }: PageCall) => params['id'] ?? ''
const pathOf = (call: PageCall) => `/companies/${idOf(call)}/contract`

/** Packs are not every agent's to see: the rates are shown without them. */
async function packsOf(call: PageCall): Promise<Pack[]> {
  try {
    return (await call.ask(listPacks, { companyId: idOf(call), limit: 100 })).items
  } catch (error) {
    if (error instanceof Failure) return []
    throw error
  }
}

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = companyTexts(call.language)
  const id = idOf(call)
  const [company, contract, packs] = await Promise.all([
    call.ask(getCompany, { id }),
    call.ask(getContract, { companyId: id }),
    packsOf(call),
  ])
  return {
    title: `${t.contract} · ${company.name}`,
    layout: 'ticket',
    body: (
      <>
        <header class="ticket-head">
          <h1>{company.name}</h1>
        </header>
        <section class="thread">
          <CompanyTabs call={call} id={id} current="contract" />
          <Fault refusal={refusal} />
          <Rates call={call} companyId={id} contract={contract} refusal={refusal} mayChange={isFinance(call)}>
            <ValidFrom call={call} refusal={refusal} prefix="rate-" />
          </Rates>
          <Fees call={call} companyId={id} contract={contract} refusal={refusal} mayChange={isFinance(call)}>
            <ValidFrom call={call} refusal={refusal} prefix="fees-" />
          </Fees>
          {isFinance(call) ? <Terms call={call} contract={contract} refusal={refusal} /> : null}
          <Hours call={call} companyId={id} contract={contract} refusal={refusal} mayChange={isFinance(call)}>
            <ValidFrom call={call} refusal={refusal} prefix="hours-" />
          </Hours>
          <Coming call={call} contract={contract} />
        </section>
        <aside class="aside">
          <Packs call={call} companyId={id} packs={packs} refusal={refusal} />
          {isFinance(call) ? <OpeningInvoiceForm call={call} companyId={id} refusal={refusal} /> : null}
          <AuditLink call={call} kind="contracts" id={id} />
        </aside>
      </>
    ),
  }
}

interface Props {
  call: PageCall
  contract: Contract
  refusal: Refusal | undefined
}

function Terms({ call, contract, refusal }: Props) {
  const t = companyTexts(call.language)
  const number = (name: string, label: string, value: number, max: string) => (
    <Field
      name={name}
      label={label}
      type="number"
      min="0"
      max={max}
      value={String(value)}
      refusal={refusal}
    />
  )
  return (
    <section class="section" aria-labelledby="terms">
      <h2 id="terms">{t.terms}</h2>
      <form method="post" class="stacked spaced narrow-form">
        <div class="row">
          {number('stepMinutes', t.stepMinutes, contract.rounding.stepMinutes, '480')}
          {number('minimumMinutes', t.minimumMinutes, contract.rounding.minimumMinutes, '480')}
        </div>
        <Choice
          name="roundingPer"
          label={t.roundingPer}
          options={t.roundingPers}
          value={contract.rounding.per ?? 'prestation'}
          refusal={refusal}
        />
        <div class="row">
          {number('paymentTermDays', t.paymentTermDays, contract.paymentTermDays, '365')}
          <Choice
            name="vatRegime"
            label={t.vatRegime}
            options={t.vatRegimes}
            value={contract.vatRegime}
            refusal={refusal}
          />
        </div>
        <Field
          name="timeDiscountPercent"
          label={t.timeDiscount}
          inputmode="decimal"
          value={localDecimal(contract.timeDiscountPercent ?? '', call.language)}
          required={false}
          hint={t.timeDiscountHint}
          refusal={refusal}
        />
        {number('prepaidLowPercent', t.prepaidLow, contract.prepaidLowPercent ?? 20, '100')}
        <div class="row">
          <Choice
            name="language"
            label={t.invoiceLanguage}
            options={{ '': t.asCompany, ...t.languages }}
            value={contract.language ?? ''}
            refusal={refusal}
          />
          <Field
            name="buyerReference"
            label={t.buyerReference}
            value={contract.buyerReference ?? ''}
            required={false}
            refusal={refusal}
          />
        </div>
        <Check name="customersSeeTime" label={t.customersSeeTime} checked={contract.customersSeeTime} />
        <ValidFrom call={call} refusal={refusal} prefix="terms-" />
        <p>
          <button class="primary">{t.save}</button>
        </p>
      </form>
    </section>
  )
}

/** What is agreed for later: until its day the terms above count. */
function Coming({ call, contract }: { call: PageCall; contract: Contract }) {
  const t = companyTexts(call.language)
  if (!contract.coming || contract.coming.length === 0) return null
  return (
    <section class="section" aria-labelledby="coming">
      <h2 id="coming">{t.coming}</h2>
      <ul class="feed plain-feed">
        {contract.coming.map(({ validFrom, terms }) => (
          <li key={validFrom}>
            <span>
              <strong>{calendarDay(validFrom, call.language)}</strong> ·{' '}
              {terms.rates.map((rate) => rateText(call, rate)).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A change from a day on, or a correction of what counts now. */
function ValidFrom({
  call,
  refusal,
  prefix,
}: {
  call: PageCall
  refusal: Refusal | undefined
  prefix: string
}) {
  const t = companyTexts(call.language)
  return (
    <Field
      name="validFrom"
      label={t.validFrom}
      type="date"
      min={`${today().slice(0, 7)}-01`}
      required={false}
      hint={t.validFromHint}
      prefix={prefix}
      refusal={refusal}
    />
  )
}

const REGIMES = ['normal', 'franchise', 'reverse-charge', 'exempt'] as const

/** What is not changed stays as it is on that day. */
async function put(call: PageCall, change: (contract: ContractTerms) => Partial<ContractTerms>) {
  const companyId = idOf(call)
  const validFrom = call.form['validFrom'] || undefined
  const contract = await call.ask(getContract, { companyId })
  const before = contract.coming?.findLast((version) => validFrom && version.validFrom <= validFrom)
  const terms = before?.terms ?? contract
  await call.ask(putContract, { companyId, validFrom, terms: { rates: terms.rates, ...change(terms) } })
  return { redirect: pathOf(call), done: { text: companyTexts(call.language).done.saved } }
}

function part(path: string, act: NonNullable<Page['act']>): Page {
  return { path: `/companies/:id/${path}`, access: 'staff', show, act }
}

export const contractPages: readonly Page[] = [
  part('contract', (call) => {
    const { form } = call
    return put(call, () => ({
      rounding: {
        stepMinutes: Number(form['stepMinutes']),
        minimumMinutes: Number(form['minimumMinutes']),
        per: form['roundingPer'] === 'ticket-day' ? 'ticket-day' : 'prestation',
      },
      paymentTermDays: Number(form['paymentTermDays']),
      vatRegime: REGIMES.find((each) => each === form['vatRegime']) ?? 'normal',
      language: (['fr', 'nl', 'en'] as const).find((each) => each === form['language']) ?? null,
      buyerReference: form['buyerReference']?.trim() || null,
      customersSeeTime: form['customersSeeTime'] === 'true',
      timeDiscountPercent: decimalIn(form['timeDiscountPercent']) || null,
      prepaidLowPercent: Number(form['prepaidLowPercent']),
    }))
  }),
  part('rates', (call) => put(call, ({ rates }) => ({ rates: ratesWith(rates, call) }))),
  part('rates/remove', (call) => put(call, ({ rates }) => ({ rates: ratesWithout(rates, call) }))),
  part('fees', (call) => put(call, ({ fees = [] }) => ({ fees: feesWith(fees, call) }))),
  part('fees/remove', (call) => put(call, ({ fees = [] }) => ({ fees: feesWithout(fees, call) }))),
  part('opening-invoices', async (call) => ({
    redirect: `/receivables`,
    done: { text: await takeOver(call, idOf(call)) },
  })),
  part('hours', (call) => put(call, () => ({ timeClasses: timeClassesIn(call.form) }))),
  part('hours/remove', (call) => put(call, () => ({ timeClasses: null }))),
  part('packs', async (call) => {
    const { hours, packPrice, packVatRate, validUntil = '', key } = call.form
    const takenOver = call.form['takenOver'] === 'true'
    await call.ask(sellPack, {
      companyId: idOf(call),
      pack: {
        minutes: Number(hours) * 60,
        price: decimalIn(packPrice),
        vatRate: decimalIn(packVatRate),
        validFrom: today(),
        validUntil,
        takenOver,
      },
      idempotencyKey: key || undefined,
    })
    const { done } = companyTexts(call.language)
    return { redirect: pathOf(call), done: { text: takenOver ? done.takenOver : done.sold } }
  }),
  part('packs/withdraw', async (call) => {
    await call.ask(withdrawPack, { companyId: idOf(call), id: call.form['id'] ?? '' })
    return { redirect: pathOf(call), done: { text: companyTexts(call.language).done.withdrawn } }
  }),
]
