import type { Actor, Role } from '@guichet/contracts/values/actor'
import { expect, it } from 'vitest'
import {
  admins,
  agents,
  anyone,
  billingContacts,
  either,
  finance,
  hidden,
  managers,
  services,
  signedIn,
  staff,
} from './rules.ts'

const person = (companyId: string | null, ...roles: Role[]): Actor => ({
  kind: 'account',
  accountId: 'a',
  companyId,
  roles,
  name: 'A',
  email: 'a@example.be',
  language: 'nl',
})
const actors: Record<string, Actor> = {
  stranger: { kind: 'stranger' },
  customer: person('acme', 'customer'),
  manager: person('acme', 'manager'),
  billing: person('acme', 'billing'),
  usurper: person('acme', 'admin'),
  agent: person(null, 'agent'),
  finance: person(null, 'finance'),
  admin: person(null, 'admin'),
  ticket: { kind: 'service', service: 'ticket' },
  archiver: { kind: 'service', service: 'archiver' },
}

it.each([
  [anyone, Object.keys(actors)],
  [signedIn, ['customer', 'manager', 'billing', 'usurper', 'agent', 'finance', 'admin']],
  [staff, ['agent', 'finance', 'admin']],
  [agents, ['agent', 'admin']],
  [finance, ['finance', 'admin']],
  [admins, ['admin']],
  [managers, ['manager']],
  [billingContacts, ['billing']],
  [services(), ['ticket', 'archiver']],
  [services('archiver'), ['archiver']],
  [either(agents, services('ticket')), ['agent', 'admin', 'ticket']],
])('$ruleName lets pass %s', (rule, passing) => {
  const passed = Object.keys(actors).filter(
    (name) => rule(actors[name] ?? { kind: 'stranger' }) === undefined,
  )
  expect(passed).toEqual(passing)
})

it('strangers are asked to sign in, others told that it is not theirs; what is hidden is not there', () => {
  expect(staff({ kind: 'stranger' })).toBe('unauthenticated')
  expect(staff(person('acme', 'customer'))).toBe('forbidden')
  expect(hidden(staff)(person('acme', 'customer'))).toBe('not-found')
  expect(hidden(staff)({ kind: 'stranger' })).toBe('unauthenticated')
  expect(hidden(staff)(person(null, 'agent'))).toBeUndefined()
})

it('what some see and others do not is forbidden to the ones and not there for the others', () => {
  const handled = hidden(agents, staff)
  expect(handled(person(null, 'agent'))).toBeUndefined()
  expect(handled(person(null, 'finance'))).toBe('forbidden')
  expect(handled(person('acme', 'manager'))).toBe('not-found')
  expect(handled(person('acme', 'admin'))).toBe('not-found')
  expect(handled({ kind: 'stranger' })).toBe('unauthenticated')
})

it('names say who may ask', () => {
  expect(either(agents, services('ticket', 'billing')).ruleName).toBe('agents or services ticket, billing')
})
