/** Conservation of time: every minute that was worked is in exactly one state, and the states add up to the work. Pure. */
import type { Prestation } from '@guichet/contracts/billing'

type Entry = Pick<Prestation, 'state' | 'minutes' | 'companyId'>
type State = Prestation['state']

const STATES: readonly State[] = [
  'open',
  'held-back',
  'drafted',
  'invoiced',
  'credited',
  'covered',
  'not-billable',
]
/** What a client will be asked for, and has not been. */
const NOT_ON_AN_INVOICE: ReadonlySet<State> = new Set(['open', 'held-back', 'drafted'])

export interface TimeBalance {
  minutes: number
  entries: number
  states: { state: State; minutes: number; entries: number }[]
  /** Most open time first. */
  companies: { id: string; minutes: number; openMinutes: number }[]
}

const minutesIn = (entries: readonly Entry[]) => entries.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)

export function balanceOf(entries: readonly Entry[]): TimeBalance {
  const ofState = Map.groupBy(entries, ({ state }) => state)
  const ofCompany = Map.groupBy(entries, ({ companyId }) => companyId)
  return {
    minutes: minutesIn(entries),
    entries: entries.length,
    states: STATES.map((state) => {
      const own = ofState.get(state) ?? []
      return { state, minutes: minutesIn(own), entries: own.length }
    }),
    companies: [...ofCompany]
      .map(([id, own]) => ({
        id,
        minutes: minutesIn(own),
        openMinutes: minutesIn(own.filter(({ state }) => NOT_ON_AN_INVOICE.has(state))),
      }))
      .toSorted((a, b) => b.openMinutes - a.openMinutes || b.minutes - a.minutes),
  }
}
