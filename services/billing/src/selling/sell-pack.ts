/** Selling a pack is a normal invoice: a prepayment makes VAT due. The pack first, then its draft, then it covers. */
import { packSold } from '@guichet/contracts/billing'
import type { Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import type { Context } from '../context.ts'
import { lineAmounts, money, plain, priceText } from '../domain/amounts.ts'
import { NEW_INVOICE, type InvoiceDocument } from '../domain/invoice.ts'
import { NO_PACKS, type StoredPack } from '../domain/packs.ts'
import { categoryOf, rateUnder } from '../domain/vat.ts'
import { packLine } from '../../templates/wording.ts'

export type PackTerms = Pick<StoredPack, 'minutes' | 'price' | 'vatRate' | 'validFrom' | 'validUntil'> & {
  takenOver?: boolean
  reference?: string
}

export interface PackSale {
  id: string
  pack: PackTerms
}

export async function sellPack(
  context: Context,
  { companyId, by, ...sale }: PackSale & { companyId: string; by: Actor },
): Promise<void> {
  await sellPacks(context, companyId, [sale], by)
}

/** All of them in one write; those that are sold already stay as they are. */
export async function sellPacks(
  context: Context,
  companyId: string,
  sales: readonly PackSale[],
  by: Actor,
): Promise<void> {
  const sold = sales.map(({ id, pack }): StoredPack => ({
    ...pack,
    price: priceText(pack.price),
    vatRate: plain(pack.vatRate),
    id,
    soldAt: context.timestamp(),
    invoiceId: idFromKey('pack', id),
    // What another system sold was invoiced there: it covers from now on.
    drafted: pack.takenOver === true,
  }))
  await retryOnConflict(async () => {
    const stored = await context.packLedgers.get(companyId)
    const ledger = stored?.value ?? NO_PACKS
    const missing = sold.filter(({ id }) => !ledger.packs.some((one) => one.id === id))
    if (missing.length === 0) return
    await context.packLedgers.commit({
      id: companyId,
      expectedVersion: stored?.version ?? 0,
      value: { ...ledger, packs: [...ledger.packs, ...missing] },
      events: missing.map(({ id, minutes }) =>
        newEvent(
          packSold,
          { packId: id, companyId, minutes },
          { actor: by, audience: STAFF_ONLY, at: context.now() },
        ),
      ),
    })
  })
  await finishSales(context, companyId)
}

/** Packs that a crash left without their draft. Idempotent. */
export async function finishSales(context: Context, companyId: string): Promise<void> {
  const ledger = await context.packLedgers.get(companyId)
  for (const pack of ledger?.value.packs ?? []) {
    if (pack.drafted) continue
    await makeDraft(context, companyId, pack)
    await retryOnConflict(async () => {
      const stored = await context.packLedgers.get(companyId)
      if (!stored) return
      const packs = stored.value.packs.map((one) => (one.id === pack.id ? { ...one, drafted: true } : one))
      await context.packLedgers.commit({
        id: companyId,
        expectedVersion: stored.version,
        value: { ...stored.value, packs },
      })
    })
  }
}

async function makeDraft(context: Context, companyId: string, pack: StoredPack): Promise<void> {
  const company = await context.facts.company(companyId)
  const terms = await context.terms(companyId)
  const regime = await context.regime(terms)
  const language = terms.language ?? (await context.seller())?.invoiceLanguage ?? company.language
  const amounts = { quantity: '1', price: pack.price, per: 1, discountPercent: null }
  const value: InvoiceDocument = {
    ...NEW_INVOICE,
    companyId,
    companyName: company.name,
    createdAt: context.timestamp(),
    soldPackId: pack.id,
    lines: [
      {
        ...amounts,
        id: '1',
        description: packLine(language, pack),
        note: null,
        unit: 'piece',
        vatRate: plain(rateUnder(regime, pack.vatRate)),
        vatCategory: categoryOf(regime),
        ticket: null,
        workedOn: null,
        prestationId: null,
        packId: null,
        minutesWorked: null,
        agent: null,
        kind: null,
        net: money(lineAmounts(amounts).net),
      },
    ],
  }
  try {
    await context.invoices.commit({ id: pack.invoiceId, expectedVersion: 0, value })
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
  }
}
