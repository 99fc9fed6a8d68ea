/** Companies, people, their addresses: who may see and change what (spec/security.md lines 8, 9 and 19). */
import {
  accountChanged,
  accountInvited,
  addAddress,
  changeAccount,
  changeCompany,
  findSender,
  getAccount,
  getAccounts,
  getCompany,
  inviteAccount,
  listAccounts,
  listAddresses,
  listCompanies,
  listStaff,
  registerCompany,
  removeAddress,
  resendInvitation,
  type Account,
} from '@guichet/contracts/identity'
import { mailBounced } from '@guichet/contracts/mail'
import { serviceActor, stranger } from '@guichet/service/harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorOf, openRegister, type Register } from './testing/register.ts'

let register: Register
let delvaux: string
let autre: string
const people = {} as Record<'anne' | 'bruno' | 'marie' | 'bob' | 'luc' | 'eva' | 'paul' | 'olga', Account>

beforeAll(async () => {
  register = await openRegister()
  delvaux = await register.company('Boulangerie Delvaux')
  autre = await register.company('Autre SA')
  people.anne = await register.active(delvaux, 'anne@delvaux.test', ['customer'])
  people.bruno = await register.active(delvaux, 'bruno@delvaux.test', ['customer'])
  people.marie = await register.active(delvaux, 'marie@delvaux.test', ['customer', 'manager'])
  people.bob = await register.active(autre, 'bob@autre.test', ['customer', 'manager', 'billing'])
  people.luc = await register.active(null, 'luc@exeko.test', ['admin'])
  people.eva = await register.active(null, 'eva@exeko.test', ['agent'])
  people.paul = await register.active(null, 'paul@exeko.test', ['finance'])
  people.olga = await register.active(null, 'olga@exeko.test', ['operator'])
})
afterAll(() => register.harness.stop())

type Name = keyof typeof people
const as = (name: Name) => register.harness.as(actorOf(people[name]))
const mails = () => register.harness.as(serviceActor('mail-gateway'))
let count = 0
const fresh = () => `person-${(count += 1)}@delvaux.test`
const forbidden = { code: 'forbidden' }
const hidden = { code: 'not-found' }

describe('people', () => {
  test.each<[Name, Name, boolean]>([
    ['anne', 'anne', true],
    ['anne', 'bruno', false],
    ['anne', 'luc', false],
    ['anne', 'bob', false],
    ['marie', 'anne', true],
    ['marie', 'bob', false],
    ['marie', 'eva', false],
    ['bob', 'anne', false],
    ['eva', 'anne', true],
    ['eva', 'luc', true],
    ['paul', 'anne', true],
    ['olga', 'anne', false],
  ])('%s asks for %s: %s', async (reader, other, sees) => {
    const asked = as(reader).ask(getAccount, { id: people[other].id })
    if (sees) expect((await asked).email).toBe(people[other].email)
    else await expect(asked).rejects.toMatchObject(hidden)
  })

  test('are told without what lets them in', async () => {
    const account = await as('luc').ask(getAccount, { id: people.anne.id })
    expect(Object.keys(account).toSorted()).toEqual(
      ['companyId', 'createdAt', 'email', 'id', 'language', 'name', 'roles', 'status'].toSorted(),
    )
  })

  test('of a company are listed to staff and its managers; of the house to staff', async () => {
    const emails = async (name: Name, companyId: string | null) =>
      (await as(name).ask(listAccounts, { companyId })).items.map(({ email }) => email)
    expect(await emails('marie', delvaux)).toEqual(expect.arrayContaining(['anne@delvaux.test']))
    expect(await emails('eva', delvaux)).toEqual(expect.arrayContaining(['anne@delvaux.test']))
    expect(await emails('eva', null)).toEqual(expect.arrayContaining(['luc@exeko.test']))
    await expect(as('anne').ask(listAccounts, { companyId: delvaux })).rejects.toMatchObject(forbidden)
    await expect(as('bob').ask(listAccounts, { companyId: delvaux })).rejects.toMatchObject(hidden)
    await expect(as('marie').ask(listAccounts, { companyId: null })).rejects.toMatchObject(hidden)
    await expect(as('olga').ask(listAccounts, { companyId: null })).rejects.toMatchObject(hidden)
  })

  test('are invited by support and their managers, the house’s own by an admin', async () => {
    const invite = (name: Name, companyId: string | null, roles: Account['roles']) =>
      as(name).ask(inviteAccount, { companyId, email: fresh(), name: 'Neuf', roles })
    for (const name of ['luc', 'eva', 'marie'] as const) {
      expect((await invite(name, delvaux, ['customer'])).status).toBe('invited')
    }
    expect((await invite('luc', null, ['agent'])).companyId).toBeNull()
    await expect(invite('eva', null, ['agent'])).rejects.toMatchObject(forbidden)
    await expect(invite('anne', delvaux, ['customer'])).rejects.toMatchObject(forbidden)
    await expect(invite('paul', delvaux, ['customer'])).rejects.toMatchObject(forbidden)
    await expect(invite('bob', delvaux, ['customer'])).rejects.toMatchObject(hidden)
    await expect(invite('marie', null, ['agent'])).rejects.toMatchObject(forbidden)
    await expect(invite('luc', 'no-such-company', ['customer'])).rejects.toMatchObject(hidden)
  })

  test('an address is one person’s, and nobody learns whose', async () => {
    const taken = as('marie').ask(inviteAccount, {
      companyId: delvaux,
      email: 'Bob@Autre.test',
      name: 'Bob',
      roles: ['customer'],
    })
    await expect(taken).rejects.toMatchObject({
      code: 'address-taken',
      params: {},
      fields: [{ path: 'email', code: 'address-taken' }],
    })
  })

  test('line 19: the same key invites once; the same key of another admin is another invitation', async () => {
    const other = await register.active(null, 'ines@exeko.test', ['admin'])
    const input = { companyId: delvaux, name: 'Neuf', roles: ['customer' as const], idempotencyKey: 'neuf' }
    const email = fresh()
    const first = await as('luc').ask(inviteAccount, { ...input, email })
    expect(await as('luc').ask(inviteAccount, { ...input, email })).toEqual(first)
    const second = await register.harness.as(actorOf(other)).ask(inviteAccount, { ...input, email: fresh() })
    expect(second.id).not.toBe(first.id)
    const invitations = await register.harness.eventsOf(
      accountInvited,
      ({ accountId }) => accountId === first.id,
    )
    expect(invitations).toHaveLength(1)
  })

  test('are invited again only before they came in', async () => {
    const { id } = await register.invited(delvaux, fresh(), ['customer'])
    expect((await as('marie').ask(resendInvitation, { id })).status).toBe('invited')
    await expect(as('anne').ask(resendInvitation, { id })).rejects.toMatchObject(hidden)
    await expect(as('paul').ask(resendInvitation, { id })).rejects.toMatchObject(forbidden)
    await expect(as('eva').ask(resendInvitation, { id: people.anne.id })).rejects.toMatchObject({
      code: 'not-invited',
    })
  })
})

describe('line 9: fields not yours', () => {
  const change = (name: Name, other: Name, changes: object) =>
    as(name).ask(changeAccount, { id: people[other].id, changes })

  test.each<[Name, Name, object]>([
    ['anne', 'anne', { roles: ['customer', 'manager'] }],
    ['anne', 'anne', { roles: ['admin'] }],
    ['anne', 'anne', { status: 'active' }],
    ['marie', 'marie', { roles: ['customer', 'manager', 'billing'] }],
    ['marie', 'anne', { roles: ['customer', 'billing'] }],
    ['marie', 'anne', { name: 'Anne M.' }],
    ['eva', 'eva', { roles: ['admin'] }],
    ['eva', 'anne', { roles: ['manager'] }],
    ['paul', 'paul', { roles: ['finance', 'admin'] }],
  ])('%s changing %s with %j is refused', async (name, other, changes) => {
    await expect(change(name, other, changes)).rejects.toMatchObject(forbidden)
    expect(await as('luc').ask(getAccount, { id: people[other].id })).toEqual(people[other])
  })

  test.each([
    { companyId: 'x' },
    { email: 'x@y.test' },
    { passwordHash: 'x' },
    { sessionEpoch: 0 },
    { id: 'x' },
  ])('nobody changes %j, an admin neither', async (changes) => {
    await expect(change('luc', 'anne', changes)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(change('anne', 'anne', changes)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('a role of the house is for the house, a client’s for clients, whoever gives it', async () => {
    for (const roles of [['admin'], ['customer', 'agent']]) {
      await expect(change('luc', 'anne', { roles })).rejects.toMatchObject({ code: 'roles-not-allowed' })
    }
    await expect(change('luc', 'eva', { roles: ['agent', 'customer'] })).rejects.toMatchObject({
      code: 'roles-not-allowed',
    })
  })

  test('a company’s own people change nothing of it; another’s do not find it', async () => {
    for (const changes of [{ priorityLocked: false }, { managersSeeAll: true }, { name: 'Nous' }]) {
      for (const name of ['anne', 'marie', 'eva', 'paul'] as const) {
        await expect(as(name).ask(changeCompany, { id: delvaux, changes })).rejects.toMatchObject(forbidden)
      }
      await expect(as('bob').ask(changeCompany, { id: delvaux, changes })).rejects.toMatchObject(hidden)
      await expect(as('olga').ask(changeCompany, { id: delvaux, changes })).rejects.toMatchObject(hidden)
    }
    const unknown = { id: delvaux, changes: { createdAt: '2020-01-01T00:00:00Z' } as object }
    await expect(as('luc').ask(changeCompany, unknown)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('one’s own name and language are one’s own; a manager switches colleagues off and on', async () => {
    expect(await change('bruno', 'bruno', { name: 'Bruno D.', language: 'nl' })).toMatchObject({
      name: 'Bruno D.',
      language: 'nl',
    })
    expect((await change('marie', 'bruno', { status: 'inactive' })).status).toBe('inactive')
    expect((await change('marie', 'bruno', { status: 'active' })).status).toBe('active')
    await expect(change('bob', 'bruno', { status: 'inactive' })).rejects.toMatchObject(hidden)
    const [changed] = await register.harness.eventsOf(
      accountChanged,
      ({ accountId }) => accountId === people.bruno.id,
    )
    expect(changed?.data.fields).toEqual(['name', 'language'])
  })

  test('the last administrator stays one', async () => {
    const { items } = await mails().ask(listStaff, { roles: ['admin'] })
    for (const { id } of items.filter(({ email }) => email !== 'luc@exeko.test')) {
      await as('luc').ask(changeAccount, { id, changes: { status: 'inactive' } })
    }
    for (const changes of [{ status: 'inactive' }, { roles: ['agent'] }]) {
      await expect(change('luc', 'luc', changes)).rejects.toMatchObject({ code: 'last-admin' })
    }
  })

  test('who never chose a password is invited again when switched on, not active', async () => {
    const { id } = await register.invited(delvaux, fresh(), ['customer'])
    await as('luc').ask(changeAccount, { id, changes: { status: 'inactive' } })
    expect((await as('luc').ask(changeAccount, { id, changes: { status: 'active' } })).status).toBe('invited')
  })
})

describe('companies', () => {
  test('are registered by admins', async () => {
    expect((await as('luc').ask(registerCompany, { company: { name: 'Neuve SA' } })).name).toBe('Neuve SA')
    for (const name of ['eva', 'paul', 'marie', 'olga'] as const) {
      await expect(as(name).ask(registerCompany, { company: { name: 'x' } })).rejects.toMatchObject(forbidden)
    }
  })

  test('are read by staff and their own people', async () => {
    for (const name of ['anne', 'marie', 'eva', 'paul', 'luc'] as const) {
      expect((await as(name).ask(getCompany, { id: delvaux })).name).toBe('Boulangerie Delvaux')
    }
    for (const name of ['bob', 'olga'] as const) {
      await expect(as(name).ask(getCompany, { id: delvaux })).rejects.toMatchObject(hidden)
    }
    const names = async (name: Name) => (await as(name).ask(listCompanies, {})).items.map((each) => each.name)
    expect(await names('bob')).toEqual(['Autre SA'])
    expect(await names('olga')).toEqual([])
    expect(await names('eva')).toEqual(expect.arrayContaining(['Autre SA', 'Boulangerie Delvaux']))
  })

  test('line 19: the same key registers once, and only for the same admin', async () => {
    const input = { company: { name: 'Clé SA' }, idempotencyKey: 'clé' }
    const first = await as('luc').ask(registerCompany, input)
    expect(await as('luc').ask(registerCompany, input)).toEqual(first)
    const other = await register.active(null, 'noor@exeko.test', ['admin'])
    expect((await register.harness.as(actorOf(other)).ask(registerCompany, input)).id).not.toBe(first.id)
  })
})

describe('addresses that people write from', () => {
  const of = (name: Name) => ({ accountId: people[name].id })

  test('are registered by support and managers, and found by services alone', async () => {
    const address = 'anne.home@example.test'
    for (const [name, code] of [
      ['anne', 'forbidden'],
      ['bruno', 'not-found'],
      ['paul', 'forbidden'],
      ['bob', 'not-found'],
    ] as const) {
      await expect(as(name).ask(addAddress, { ...of('anne'), address })).rejects.toMatchObject({ code })
    }
    expect(
      await as('marie').ask(addAddress, { ...of('anne'), address: 'Anne.Home@Example.test' }),
    ).toMatchObject({
      address,
    })
    expect(await as('eva').ask(addAddress, { ...of('anne'), address })).toMatchObject({ address })
    expect((await mails().ask(findSender, { address })).account?.id).toBe(people.anne.id)
    for (const name of ['luc', 'anne'] as const) {
      await expect(as(name).ask(findSender, { address })).rejects.toMatchObject(forbidden)
      await expect(as(name).ask(getAccounts, { ids: [people.bob.id] })).rejects.toMatchObject(forbidden)
    }
    await expect(register.harness.as(stranger).ask(findSender, { address })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    const { items } = await as('anne').ask(listAddresses, of('anne'))
    expect(items.map((item) => item.address).toSorted()).toEqual([
      'anne.home@example.test',
      'anne@delvaux.test',
    ])
    await expect(as('bob').ask(listAddresses, of('anne'))).rejects.toMatchObject(hidden)
  })

  test('that are somebody’s are not another’s, also when two ask at once', async () => {
    const address = 'twice@example.test'
    const tries = await Promise.allSettled(
      (['anne', 'bob'] as const).map((name) => as('luc').ask(addAddress, { ...of(name), address })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const each of tries) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'address-taken' })
    }
  })

  test('are taken away, but for the account’s own; then they are nobody’s', async () => {
    const address = 'gone@example.test'
    await as('eva').ask(addAddress, { ...of('anne'), address })
    await expect(as('bob').ask(removeAddress, { ...of('anne'), address })).rejects.toMatchObject(hidden)
    await expect(as('marie').ask(removeAddress, { ...of('bruno'), address })).rejects.toMatchObject(hidden)
    await as('marie').ask(removeAddress, { ...of('anne'), address })
    expect((await mails().ask(findSender, { address })).account).toBeNull()
    await expect(
      as('luc').ask(removeAddress, { ...of('anne'), address: people.anne.email }),
    ).rejects.toMatchObject({ code: 'address-is-account' })
  })
})

test('a person whose mail came back for good is marked, once; a temporary refusal marks nobody', async () => {
  const bounce = (accountId: string, permanent: boolean, key: string) =>
    register.harness.publish(
      mailBounced,
      { mailId: key, accountId, outgoingId: null, code: permanent ? '5.1.1' : '4.2.2', permanent },
      { key },
    )
  await bounce(people.eva.id, false, 'soft')
  await bounce(people.anne.id, true, 'hard-1')
  await bounce(people.anne.id, true, 'hard-2')
  await bounce(people.bruno.id, true, 'last')
  await register.harness.until(
    'the last bounce is handled',
    async () => (await as('luc').ask(getAccount, { id: people.bruno.id })).mailBlocked,
  )
  expect((await as('luc').ask(getAccount, { id: people.anne.id })).mailBlocked).toBe(true)
  expect((await as('luc').ask(getAccount, { id: people.eva.id })).mailBlocked).toBeUndefined()
  const marks = register.harness.events.filter(
    ({ subject, data }) =>
      subject === accountChanged.subject &&
      (data as { accountId: string; fields: string[] }).accountId === people.anne.id &&
      (data as { fields: string[] }).fields.includes('mailBlocked'),
  )
  expect(marks).toHaveLength(1)
})

describe('a client is found', () => {
  const found = async (name: Name, q: string) =>
    (await as(name).ask(listCompanies, { q })).items.map((company) => company.name)

  test('by its name, number and place, and by its people', async () => {
    const { id } = await as('luc').ask(registerCompany, {
      company: {
        name: 'Crèmerie Élise',
        vatNumber: 'BE0403227515',
        address: { street: 'Rue Haute 3', zip: '5000', city: 'Namur', country: 'BE' },
      },
    })
    await as('luc').ask(inviteAccount, {
      companyId: id,
      email: 'jeanne@fromage.test',
      name: 'Jeanne Dufour',
      roles: ['customer'],
    })
    for (const q of ['cremerie', 'BE0403227515', 'namur', 'dufour', 'jeanne@fromage.test'])
      expect([q, await found('eva', q)]).toEqual([q, ['Crèmerie Élise']])
    expect(await found('eva', 'boulangerie namur')).toEqual([])
    await as('luc').ask(changeCompany, { id, changes: { name: 'Fromagerie Élise' } })
    expect(await found('eva', 'fromagerie')).toEqual(['Fromagerie Élise'])
  })

  test('once, by whatever of its words and people, over any number of pages', async () => {
    const names: string[] = []
    for (const name of ['Zéphyr Un', 'Zéphyr Deux', 'Autan', 'Mistral']) {
      const { id } = await as('luc').ask(registerCompany, { company: { name } })
      names.push(name)
      for (const person of ['a', 'b', 'c'])
        await as('luc').ask(inviteAccount, {
          companyId: id,
          email: `${person}@${name.toLowerCase().replace(' ', '-').normalize('NFKD').replace(/\p{M}/gu, '')}.test`,
          name: `Zephyr ${person}`,
          roles: ['customer'],
        })
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await as('eva').ask(listCompanies, { q: 'zephyr', limit: 2, cursor })
      seen.push(...page.items.map(({ name }) => name))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(seen.toSorted()).toEqual(names.toSorted())
    expect(seen.slice(0, 2).toSorted()).toEqual(['Zéphyr Deux', 'Zéphyr Un'])
  })

  test('by staff alone: a client’s words find it nobody else, and staff are no client’s people', async () => {
    expect(await found('bob', 'delvaux')).toEqual(['Autre SA'])
    expect(await found('eva', 'luc@exeko.test')).toEqual([])
  })
})
