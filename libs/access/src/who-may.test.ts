import type { AccountActor, Actor, Role } from '@guichet/contracts/values/actor'
import { describe, expect, it } from 'vitest'
import { isBillingContactOf, isManagerOf, isStaff, isStaffWith, mayReadTicket } from './who-may.ts'

const person = (accountId: string, companyId: string | null, ...roles: Role[]): AccountActor => ({
  kind: 'account',
  accountId,
  companyId,
  roles,
  name: accountId,
  email: `${accountId}@example.be`,
  language: 'fr',
})
const stranger: Actor = { kind: 'stranger' }
const ticket = {
  requesterId: 'paul',
  participantIds: ['zoe'],
  companyId: 'acme',
  companyManagersSeeAll: false,
}

describe('who reads a ticket', () => {
  it.each<[string, Actor, boolean]>([
    ['who opened it', person('paul', 'acme', 'customer'), true],
    ['who takes part', person('zoe', 'acme', 'customer'), true],
    ['a colleague', person('luc', 'acme', 'customer'), false],
    ['the manager, where the company does not allow it', person('eva', 'acme', 'manager'), false],
    ['the billing contact', person('bob', 'acme', 'billing'), false],
    ['another company’s customer', person('ann', 'other', 'customer'), false],
    ['an agent', person('anne', null, 'agent'), true],
    ['finance', person('fin', null, 'finance'), true],
    ['an admin', person('adm', null, 'admin'), true],
    ['an operator', person('ops', null, 'operator'), false],
    ['a client’s account that was given a role of the house', person('eve', 'acme', 'agent', 'admin'), false],
    ['a service', { kind: 'service', service: 'archiver' }, true],
    ['a stranger', stranger, false],
  ])('%s', (_, actor, sees) => {
    expect(mayReadTicket(actor, ticket)).toBe(sees)
  })

  it('the company’s manager, where the company allows it, and no other company’s', () => {
    const open = { ...ticket, companyManagersSeeAll: true }
    expect(mayReadTicket(person('eva', 'acme', 'manager'), open)).toBe(true)
    expect(mayReadTicket(person('max', 'other', 'manager'), open)).toBe(false)
    expect(mayReadTicket(person('luc', 'acme', 'customer'), open)).toBe(false)
  })

  it('a ticket of the house itself has no managers', () => {
    const own = { ...ticket, companyId: null, companyManagersSeeAll: true }
    expect(mayReadTicket(person('max', null, 'manager'), own)).toBe(false)
  })
})

it('roles count within their company only', () => {
  expect(isManagerOf(person('eva', 'acme', 'manager'), 'acme')).toBe(true)
  expect(isManagerOf(person('eva', 'acme', 'manager'), 'other')).toBe(false)
  expect(isBillingContactOf(person('bob', 'acme', 'customer'), 'acme')).toBe(false)
  expect(isStaff(person('fin', null, 'finance'))).toBe(true)
  expect(isStaffWith(person('fin', null, 'finance'), 'agent', 'admin')).toBe(false)
})
