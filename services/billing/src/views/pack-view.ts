import type { Pack } from '@guichet/contracts/billing'
import type { Context } from '../context.ts'
import { remainingMinutes, type PackLedger, type StoredPack } from '../domain/packs.ts'

export async function packView(
  { invoices }: Pick<Context, 'invoices'>,
  companyId: string,
  ledger: PackLedger,
  pack: StoredPack,
): Promise<Pack> {
  const { id, minutes, price, vatRate, validFrom, validUntil, invoiceId, takenOver, reference } = pack
  const sale = await invoices.get(invoiceId)
  return {
    id,
    companyId,
    minutes,
    remainingMinutes: remainingMinutes(ledger, pack),
    price,
    vatRate,
    validFrom,
    validUntil,
    invoice: sale ? (sale.value.issued?.number ?? invoiceId) : null,
    ...(takenOver ? { takenOver } : {}),
    ...(reference ? { reference } : {}),
  }
}
