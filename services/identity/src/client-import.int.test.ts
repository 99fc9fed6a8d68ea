/** Clients from a table: as Excel and other desks export it, with what is wrong named line by line; twice changes nothing. */
import { importClients } from '@guichet/contracts/client-import'
import { accountInvited, listAccounts, listCompanies, type Account } from '@guichet/contracts/identity'
import { newBlobId } from '@guichet/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actorOf, openRegister, type Register } from './testing/register.ts'

let register: Register
let luc: Account
beforeEach(async () => {
  register = await openRegister()
  luc = await register.active(null, 'luc@exeko.test', ['admin'])
})
afterEach(() => register.harness.stop())

async function imported(content: string | Uint8Array, commit: boolean, by: Account = luc) {
  const blobId = newBlobId()
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  await register.harness.engine.service('gateway').blobs.put(blobId, bytes)
  return await register.harness.as(actorOf(by)).ask(importClients, { blobId, commit, language: 'fr' })
}
const companies = async () =>
  (await register.harness.as(actorOf(luc)).ask(listCompanies, { limit: 100 })).items

const TABLE = [
  'Société;TVA;Rue;Code postal;Ville;Langue;Nom;E-mail;Rôles',
  'Boulangerie Delvaux;BE 0403.019.261;Rue du Four 12;1300;Wavre;fr;Anne Lambert;anne@delvaux.test;client, facturation',
  'Boulangerie Delvaux;;;;;;"Dubois; Nathalie";Nathalie@Delvaux.test;',
  '',
  'Garage Vandenbroeck;;;;;Nederlands;Pieter;pieter@garage.test;verantwoordelijke',
].join('\r\n')

test('is looked over without a trace, then taken; the same file again finds everybody known', async () => {
  const looked = await imported(TABLE, false)
  expect(looked).toMatchObject({ newCompanies: 2, newPeople: 3, known: 0, faulty: 0 })
  expect(await companies()).toEqual([])

  expect(await imported(TABLE, true)).toMatchObject({ newCompanies: 2, newPeople: 3 })
  const [garage, bakery] = (await companies()).toSorted((a, b) => b.name.localeCompare(a.name))
  expect(bakery).toMatchObject({
    name: 'Boulangerie Delvaux',
    vatNumber: 'BE0403019261',
    address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' },
  })
  expect(garage).toMatchObject({ name: 'Garage Vandenbroeck', language: 'nl' })
  const people = await register.harness
    .as(actorOf(luc))
    .ask(listAccounts, { companyId: bakery?.id ?? '', limit: 100 })
  expect(people.items.map(({ name, email, roles }) => [name, email, roles.toSorted()])).toEqual(
    expect.arrayContaining([
      ['Anne Lambert', 'anne@delvaux.test', ['billing', 'customer']],
      ['Dubois; Nathalie', 'nathalie@delvaux.test', ['customer']],
    ]),
  )
  await register.harness.eventsOf(accountInvited, ({ companyId }) => companyId !== null, 3)

  expect(await imported(TABLE, true)).toMatchObject({ newCompanies: 0, newPeople: 0, known: 3, faulty: 0 })
  expect(await companies()).toHaveLength(2)
})

test('Windows-1252, a BOM, commas, tabs and English names are read alike', async () => {
  const latin = Uint8Array.from(
    [...'Société,Nom,Email\nCafé Léon,Zoé,zoe@cafe.test'].map((sign) => sign.codePointAt(0) ?? 63),
  )
  expect((await imported(latin, false)).lines).toMatchObject([{ company: 'Café Léon', outcome: 'new' }])
  const bom = '\uFEFFcompany\tname\temail\nCafé Léon\tZoé\tzoe@cafe.test'
  expect((await imported(bom, false)).lines).toMatchObject([
    { line: 2, company: 'Café Léon', outcome: 'new' },
  ])
})

test('each fault is named by line and column, and the rest is taken', async () => {
  const table = [
    'company;vat;language;name;email;roles',
    'Acme;BE0000000001;fr;Anne;anne@acme.test;customer',
    'Acme;;klingon;Bob;bob@acme.test;chef',
    ';;;;nobody;',
    'Acme;;;Zoé;zoe@acme.test;',
  ].join('\n')
  const report = await imported(table, true)
  expect(
    report.lines.map(({ line, outcome, faults }) => [
      line,
      outcome,
      faults.map(({ column, code }) => `${column} ${code}`),
    ]),
  ).toEqual([
    [2, 'faulty', ['vat vat-number-invalid']],
    [3, 'faulty', ['roles role-unknown', 'language language-unknown']],
    [4, 'faulty', ['company cell-missing', 'name cell-missing', 'email address-invalid']],
    [5, 'new', []],
  ])
  expect(report.lines[2]?.faults[0]?.detail).toBe('Cette case doit être remplie.')
  expect(await companies()).toHaveLength(1)
})

test('somebody who is of another company, or of the house, is not moved by a table', async () => {
  const other = await register.company('Autre')
  await register.invited(other, 'anne@autre.test', ['customer'])
  const table = 'company;name;email\nAcme;Anne;anne@autre.test\nAcme;Luc;luc@exeko.test'
  const report = await imported(table, true)
  expect(report.lines.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
    ['address-taken'],
    ['address-taken'],
  ])
})

test.each([
  ['no columns that we know', 'a;b;c\n1;2;3', 'table-column-missing'],
  ['nothing', '', 'table-column-missing'],
  ['a quote that is not closed', 'company;name;email\nAcme;"Anne;x@y.test', 'table-unreadable'],
  ['more than a megabyte', `company;name;email\n${'x'.repeat(1024 * 1024)}`, 'table-too-large'],
])('%s is refused in words', async (_what, content, code) => {
  await expect(imported(content, false)).rejects.toMatchObject({ code })
})

test('is for admins', async () => {
  const eva = await register.active(null, 'eva@exeko.test', ['agent'])
  await expect(imported(TABLE, false, eva)).rejects.toMatchObject({ code: 'forbidden' })
})
