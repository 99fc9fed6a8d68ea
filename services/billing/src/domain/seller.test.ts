import { expect, test } from 'vitest'
import { parseLegalTerms } from '../config.ts'
import { numberChecks } from '../documents/number-checks.ts'
import { legalTermsOn } from './legal-terms.ts'
import {
  enterpriseNumberOf,
  isEnterpriseNumber,
  missingOfSeller,
  sellerFaults,
  withSeller,
} from './seller.ts'

const seller = withSeller({
  name: ' Exeko ',
  vatNumber: 'be 0403.019.261',
  enterpriseNumber: 'BE 0403.019.261',
  iban: 'be68 5390 0754 7034',
  bic: 'gkccbebb',
  address: { street: 'Rue 1', zip: '1380', city: 'Lasne', country: 'BE' },
})

test('numbers are kept as registers write them', async () => {
  expect(seller).toMatchObject({
    name: 'Exeko',
    vatNumber: 'BE0403019261',
    enterpriseNumber: '0403019261',
    iban: 'BE68539007547034',
    bic: 'GKCCBEBB',
    vatRegime: 'normal',
    invoiceLanguage: 'fr',
    phone: null,
  })
  expect(sellerFaults(seller, await numberChecks())).toEqual([])
  expect(missingOfSeller(seller)).toEqual([])
})

test('every wrong number is named', async () => {
  const wrong = {
    ...seller,
    vatNumber: 'BE0403019262',
    enterpriseNumber: '0403019262',
    iban: 'BE68539007547035',
    bic: 'X',
  }
  expect(sellerFaults(wrong, await numberChecks()).map(({ path }) => path)).toEqual([
    'vatNumber',
    'enterpriseNumber',
    'iban',
    'bic',
  ])
})

test('what is missing is named, down to the part of the address', () => {
  expect(missingOfSeller(undefined)).toEqual(['name', 'address', 'vatNumber', 'iban'])
  const address = { street: 'Rue 1', zip: '1380', city: ' ', country: 'BE' }
  expect(missingOfSeller({ ...seller, iban: null, address })).toEqual(['address.city', 'iban'])
})

test('an enterprise number carries its check, also the newer ones that begin with 1', () => {
  // 10000000 = 97 × 103092 + 76, and 97 − 76 = 21.
  expect(
    ['0403019261', '1000000021', '0403019260', '2403019261', '403019261'].map(isEnterpriseNumber),
  ).toEqual([true, true, false, false, false])
  expect(enterpriseNumberOf({ vatNumber: 'BE0403.019.261', enterpriseNumber: null })).toBe('0403019261')
  expect(enterpriseNumberOf({ vatNumber: 'FR40303265045', enterpriseNumber: null })).toBeNull()
})

test('VAT numbers of other countries are held against their own rule', async () => {
  const { isVatNumber } = await numberChecks()
  expect(
    ['FR40303265045', 'FR41303265045', 'NL004495445B01', 'DE136695976', 'DE136695977', 'BE1000000021'].map(
      isVatNumber,
    ),
  ).toEqual([true, false, true, true, false, true])
})

test('the law is a dated table, and a table without sense is refused', () => {
  const row = { lateIndemnity: '40.00', maximumTermDays: 60 }
  const rows = [
    { ...row, from: '2022-02-01' },
    { ...row, from: '2027-01-01', lateIndemnity: '45.00' },
  ]
  expect(legalTermsOn(rows, '2026-12-31').lateIndemnity).toBe('40.00')
  expect(legalTermsOn(rows, '2027-01-01').lateIndemnity).toBe('45.00')
  expect(() => legalTermsOn(rows, '2020-01-01')).toThrow()
  expect(parseLegalTerms(JSON.stringify(rows))).toEqual(rows)
  expect(
    parseLegalTerms('[{"from":"2022-02-30","lateIndemnity":"40.00","maximumTermDays":60}]'),
  ).toBeUndefined()
  expect(parseLegalTerms('[]')).toBeUndefined()
  expect(parseLegalTerms('{')).toBeUndefined()
})
