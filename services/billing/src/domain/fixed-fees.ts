/** What a contract charges each month whatever is worked: agreed, and checked. Pure. */
import type { FixedFee } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'
import { decimal, LARGEST, plain, priceText } from './amounts.ts'
import { kindKey } from './kind.ts'

export type StoredFee = FixedFee & { id: string }

/** A fee keeps its id through changes of its price; one of the same name is the same fee. */
export function withFeeIds(
  given: readonly FixedFee[],
  before: readonly FixedFee[],
  newId: () => string,
): StoredFee[] {
  return given.map((fee) => {
    const same = before.find(({ description }) => kindKey(description) === kindKey(fee.description))
    return {
      id: fee.id ?? same?.id ?? newId(),
      description: fee.description.trim(),
      price: priceText(fee.price),
      vatRate: plain(fee.vatRate),
      from: fee.from,
      until: fee.until ?? null,
    }
  })
}

export function feeFaults(fees: readonly FixedFee[]): FieldFault[] {
  const seen = new Set<string>()
  return fees.flatMap((fee, at) => {
    const path = `fees.${at}`
    const name = kindKey(fee.description)
    const faults: FieldFault[] = []
    if (name === '') faults.push({ path: `${path}.description`, code: 'required' })
    else if (seen.has(name)) faults.push({ path: `${path}.description`, code: 'fee-twice' })
    seen.add(name)
    if (decimal(fee.vatRate).gt(decimal('100')))
      faults.push({ path: `${path}.vatRate`, code: 'too-large', params: { limit: 100 } })
    if (decimal(fee.price).gt(LARGEST)) faults.push({ path: `${path}.price`, code: 'amount-too-large' })
    if (fee.until && fee.until < fee.from) faults.push({ path: `${path}.until`, code: 'fee-backwards' })
    return faults
  })
}
