/**
 * An invoice reckoned a second time, by whole numbers and fractions of them, from spec/invoicing.md section 1 alone:
 * what the product says is compared with this to the cent.
 */
export interface Line {
  description: string
  note?: string
  quantity: string
  unit: 'minute' | 'hour' | 'km' | 'piece'
  price: string
  per?: number
  discountPercent?: string
  vatRate: string
  vatCategory?: 'S' | 'AE' | 'E'
  ticket?: number
  workedOn?: string
}

export interface Order {
  lines: Line[]
  allowances?: { amount: string; vatRate: string; vatCategory?: 'S' | 'AE' | 'E'; reason: string }[]
  prepaid?: string
  reference?: string
}

export interface Reckoned {
  nets: string[]
  totals: {
    net: string
    vat: { rate: string; category: string; taxable: string; amount: string }[]
    gross: string
    prepaid: string
    payable: string
  }
}

interface Fraction {
  over: bigint
  under: bigint
}

function fraction(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.split('.')
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) }
}

/** Cents, half away from zero. */
function cents({ over, under }: Fraction): bigint {
  const negative = over < 0n
  const doubled = (negative ? -over : over) * 200n
  const rounded = (doubled + under) / (2n * under)
  return negative ? -rounded : rounded
}

const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under })
const hundredth = ({ over, under }: Fraction): Fraction => ({ over, under: under * 100n })

function written(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function netOf({ quantity, price, per = 1, discountPercent = '0' }: Line): bigint {
  const exact = times(fraction(quantity), fraction(price))
  const full = cents({ over: exact.over, under: exact.under * BigInt(per) })
  return full - cents(hundredth(times({ over: full, under: 100n }, fraction(discountPercent))))
}

export function reckoned({ lines, allowances = [], prepaid = '0' }: Order): Reckoned {
  const groups = new Map<string, { rate: string; category: string; taxable: bigint }>()
  const add = (rate: string, category: string, amount: bigint) => {
    const key = `${category} ${Number(rate)}`
    const group = groups.get(key) ?? { rate: String(Number(rate)), category, taxable: 0n }
    groups.set(key, { ...group, taxable: group.taxable + amount })
  }
  const nets = lines.map(netOf)
  for (const [at, { vatRate, vatCategory = 'S' }] of lines.entries())
    add(vatRate, vatCategory, nets[at] ?? 0n)
  for (const { amount, vatRate, vatCategory = 'S' } of allowances)
    add(vatRate, vatCategory, -cents(fraction(amount)))
  const vat = [...groups.values()].map((group) => ({
    ...group,
    amount: cents(hundredth(times({ over: group.taxable, under: 100n }, fraction(group.rate)))),
  }))
  const net = vat.reduce((sum, { taxable }) => sum + taxable, 0n)
  const gross = vat.reduce((sum, { amount }) => sum + amount, net)
  const before = cents(fraction(prepaid))
  return {
    nets: nets.map(written),
    totals: {
      net: written(net),
      vat: vat
        .map(({ rate, category, taxable, amount }) => ({
          rate,
          category,
          taxable: written(taxable),
          amount: written(amount),
        }))
        .sort(byGroup),
      gross: written(gross),
      prepaid: written(before),
      payable: written(gross - before),
    },
  }
}

export function byGroup(
  a: { rate: string; category: string },
  b: { rate: string; category: string },
): number {
  return `${a.category} ${a.rate}` < `${b.category} ${b.rate}` ? -1 : 1
}
