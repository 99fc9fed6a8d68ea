/** So many mails a minute from one address; a whole minute is counted at a time. */
const MINUTE_MS = 60_000
const MOST_ADDRESSES = 10_000

export function createRate(perMinute: number, now: () => number): { admits: (address: string) => boolean } {
  let minute = 0
  let counts = new Map<string, number>()
  return {
    admits: (address) => {
      if (perMinute === 0) return true
      const current = Math.floor(now() / MINUTE_MS)
      if (current !== minute || counts.size > MOST_ADDRESSES) {
        minute = current
        counts = new Map()
      }
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      return count <= perMinute
    },
  }
}
