import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { schemaFaults } from './check.ts'

const Body = Type.Object(
  {
    subject: Type.String({ minLength: 1, maxLength: 5 }),
    priority: Type.Optional(Type.Union([Type.Literal('low'), Type.Literal('high')])),
    address: Type.Optional(Type.Object({ zip: Type.String() })),
    lines: Type.Optional(Type.Array(Type.Object({ price: Type.String({ pattern: '^\\d+$' }) }))),
    minutes: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
)

test('a value that fits has no faults', () => {
  expect(schemaFaults(Body, { subject: 'abc', lines: [{ price: '1' }] })).toEqual([])
})

test.each([
  [{}, [{ path: 'subject', code: 'required' }]],
  [{ subject: '' }, [{ path: 'subject', code: 'required', params: { limit: 1 } }]],
  [{ subject: 'abcdef' }, [{ path: 'subject', code: 'too-long', params: { limit: 5 } }]],
  [{ subject: 'a', roles: ['admin'] }, [{ path: 'roles', code: 'unknown-field' }]],
  [{ subject: { $ne: null } }, [{ path: 'subject', code: 'wrong-type' }]],
  [{ subject: 'a', address: {} }, [{ path: 'address.zip', code: 'required' }]],
  [
    { subject: 'a', lines: [{ price: '1' }, { price: 'x' }] },
    [{ path: 'lines.1.price', code: 'invalid-format' }],
  ],
  [{ subject: 'a', minutes: 0 }, [{ path: 'minutes', code: 'too-small', params: { limit: 1 } }]],
])('%j names the field and what would be right', (value, faults) => {
  expect(schemaFaults(Body, value)).toEqual(faults)
})

test('a value outside a list of words is one fault, whatever the union looks like inside', () => {
  expect(schemaFaults(Body, { subject: 'a', priority: 'asap' })).toEqual([
    { path: 'priority', code: 'not-allowed' },
  ])
})

test('a hostile body gets a bounded answer', () => {
  const body = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, index]))
  expect(schemaFaults(Body, body).length).toBeLessThanOrEqual(20)
})
