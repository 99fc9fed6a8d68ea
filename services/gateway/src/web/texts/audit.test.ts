import { ContractTerms } from '@guichet/contracts/billing'
import { expect, test } from 'vitest'
import { auditTexts } from './audit.ts'

interface Shape {
  properties?: Record<string, Shape>
  items?: Shape
  anyOf?: Shape[]
}

/** Every name that a change of such an object can be told under. */
function namesIn({ properties = {}, items, anyOf = [] }: Shape): string[] {
  const inner = [...Object.values(properties), ...(items ? [items] : []), ...anyOf]
  return [...new Set([...Object.keys(properties), ...inner.flatMap(namesIn)])]
}

/** Ids say nothing to a reader. */
const UNSAID = new Set(['id'])

test.each(['fr', 'nl', 'en'] as const)(
  'each term of a contract has its name in the history: %s',
  (language) => {
    const named = Object.keys(auditTexts(language).labels)
    const terms = namesIn(ContractTerms as Shape).filter((name) => !UNSAID.has(name))
    expect(terms).toContain('per')
    expect(terms.filter((name) => !named.includes(name))).toEqual([])
  },
)
