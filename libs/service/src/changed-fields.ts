/** What differs between two settings, field by field, for the event that says so. Pure. */
import type { ChangedField } from '@guichet/contracts/service'

const MOST_CHARACTERS = 300
const MOST_FIELDS = 50

/** Members of objects and lists by their dotted path (`invoice.prefix`); what is as it was is left out. */
export function changedFields(before: unknown, after: unknown): ChangedField[] {
  const [old, fresh] = [leavesOf(before), leavesOf(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((field) => old.get(field) !== fresh.get(field))
    .slice(0, MOST_FIELDS)
    .map((field) => ({ field, from: old.get(field) ?? null, to: fresh.get(field) ?? null }))
}

function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (value === null || value === undefined) return new Map()
  if (typeof value !== 'object') return new Map([[path, String(value as string).slice(0, MOST_CHARACTERS)]])
  const members = Object.entries(value).flatMap(([name, member]) => [
    ...leavesOf(member, path === '' ? name : `${path}.${name}`),
  ])
  return new Map(members)
}
