/** Sums of decimal amounts in whole cents: no amount goes through a float. */

function centsOf(decimal: string): bigint {
  const [, sign = '', whole = '0', cents = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(decimal) ?? []
  const value = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0') || '0')
  return sign === '-' ? -value : value
}

function decimalOf(cents: bigint): string {
  const [sign, value] = cents < 0n ? ['-', -cents] : ['', cents]
  return `${sign}${value / 100n}.${String(value % 100n).padStart(2, '0')}`
}

/** @param decimals two places at most, as amounts are (spec/http-api.md). */
export function sum(decimals: readonly string[]): string {
  return decimalOf(decimals.reduce((total, each) => total + centsOf(each), 0n))
}

export function difference(decimal: string, less: string): string {
  return decimalOf(centsOf(decimal) - centsOf(less))
}
