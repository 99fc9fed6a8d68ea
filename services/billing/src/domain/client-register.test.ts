import { expect, test } from 'vitest'
import { clientRegister, type ClientColumn } from './client-register.ts'

const client = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  legalName: null,
  vatNumber: null,
  enterpriseNumber: null,
  ...more,
})
const CLIENTS = [
  client('c1', 'Boulangerie Delvaux', {
    legalName: 'Delvaux SRL',
    vatNumber: 'BE0403019261',
    enterpriseNumber: '0403019261',
  }),
  client('c2', 'Garage 2000'),
  client('c3', 'ABC'),
  client('c4', 'A.B.C.'),
  client('c5', 'Zeta Namur', { enterpriseNumber: '0417497106' }),
  client('c6', 'Zeta Liège', { enterpriseNumber: '0417497106' }),
  client('c7', 'Twin'),
  client('c8', 'Twin'),
  client('c9', 'Lyon SAS', { vatNumber: 'FR40303265045' }),
]
const register = clientRegister(CLIENTS)
const found = (given: Partial<Record<ClientColumn, string>>) => {
  const result = register({ client: '', vatNumber: '', enterpriseNumber: '', ...given })
  return 'client' in result ? result.client.id : `${result.column} ${result.code}`
}

test.each([
  [{ client: 'Boulangerie Delvaux' }, 'c1'],
  [{ client: 'BOULANGERIE  DELVAUX' }, 'c1'],
  [{ client: 'delvaux srl' }, 'c1'],
  [{ client: 'c1' }, 'c1'],
  [{ client: 'BE 0403.019.261' }, 'c1'],
  [{ client: '403.019.261' }, 'c1'],
  [{ vatNumber: 'BE0403019261' }, 'c1'],
  [{ vatNumber: 'BE403019261', enterpriseNumber: '0403.019.261' }, 'c1'],
  [{ client: 'The baker', vatNumber: 'BE0403019261' }, 'c1'],
  [{ client: 'Garage 2000' }, 'c2'],
  // It has no number here.
  [{ client: 'Garage 2000', vatNumber: 'BE0428759497' }, 'c2'],
  [{ client: 'ABC' }, 'c3'],
  [{ client: 'A.B.C.' }, 'c4'],
  [{ client: 'Zeta Liège', enterpriseNumber: '0417497106' }, 'c6'],
  [{ vatNumber: 'FR 40 303 265 045' }, 'c9'],
  [{}, 'client cell-missing'],
  [{ client: 'Nobody' }, 'client client-unknown'],
  [{ client: 'Delvaux' }, 'client client-unknown'],
  [{ client: '***' }, 'client client-unknown'],
  [{ vatNumber: 'BE0428759497' }, 'vatNumber client-unknown'],
  [{ client: 'Boulangerie Delvaux', vatNumber: 'BE0428759497' }, 'vatNumber client-unknown'],
  [{ client: 'abc' }, 'client client-ambiguous'],
  [{ client: 'Twin' }, 'client client-ambiguous'],
  [{ enterpriseNumber: '0417497106' }, 'enterpriseNumber client-ambiguous'],
  [{ client: '0417497106' }, 'client client-ambiguous'],
  [{ client: 'Garage 2000', vatNumber: 'BE0403019261' }, 'client client-contradicts-number'],
  [{ vatNumber: 'BE0403019261', enterpriseNumber: '0417497106' }, 'enterpriseNumber client-unknown'],
])('%j: %s', (given, expected) => {
  expect(found(given)).toBe(expected)
})
