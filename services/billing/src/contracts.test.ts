/** A frozen example of each request and event is understood for ever. */
import * as contracts from '@guichet/contracts/billing'
import { schemaFaults } from '@guichet/contracts/check'
import type { EventContract, RequestContract } from '@guichet/contracts/definition'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const FIXTURES = new URL('../../../libs/contracts/src/fixtures/billing/', import.meta.url)
const frozen = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FIXTURES), 'utf8')) as Record<string, unknown>

type Contract = EventContract | RequestContract
const all = Object.values(contracts as Record<string, unknown>).filter(
  (value): value is Contract =>
    typeof value === 'object' && value !== null && 'type' in value && 'subject' in value,
)

describe('frozen examples', () => {
  test.each(all.map((contract) => [contract.subject, contract] as const))('%s', (_subject, contract) => {
    if (contract.type === 'event') {
      const { data } = frozen(`${contract.subject}@${contract.version}`)
      expect(schemaFaults(contract.data, data)).toEqual([])
    } else {
      const { input, output } = frozen(contract.subject)
      expect(schemaFaults(contract.input, input)).toEqual([])
      expect(schemaFaults(contract.output, output)).toEqual([])
    }
  })
})
