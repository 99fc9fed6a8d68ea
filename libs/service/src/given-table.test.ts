import type { ErrorTable } from '@guichet/contracts/failure'
import type { Blobs } from '@guichet/store'
import { expect, test } from 'vitest'
import { lineFault, readGivenTable } from './given-table.ts'

const COLUMNS = {
  client: { fr: 'Client', nl: 'Klant', en: 'Client' },
  total: { fr: 'Total TVAC', nl: 'Totaal incl. btw', en: 'Total incl. VAT', also: ['montant'] },
} as const

/** One file in no store. */
function holding(bytes: Uint8Array): Blobs {
  const blobs: Pick<Blobs, 'info' | 'read'> = {
    info: async (id) => ({ id, size: bytes.length }) as Awaited<ReturnType<Blobs['info']>>,
    read: async () => bytes,
  }
  return blobs as Blobs
}

async function read(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const table = await readGivenTable(holding(bytes), 'file', {
    columns: COLUMNS,
    required: ['client'],
    mostLines: 3,
    language: 'nl',
  })
  return {
    rows: table.rows.map(({ line, cell }) => [line, cell('client'), cell('total')]),
    called: table.called('total'),
  }
}

test.each([
  ['semicolons', 'Client;TOTAL (TVAC)\nAcme;1,50', 'TOTAL (TVAC)'],
  ['commas', 'client,montant\nAcme,"1,50"', 'montant'],
  [
    'tabs and a separator that is said',
    'sep=\t\r\nKlant\tTotaal incl btw\r\nAcme\t1,50\r\n',
    'Totaal incl btw',
  ],
  ['UTF-16', Buffer.from('\uFEFFKlant;Montant\nAcme;1,50', 'utf16le'), 'Montant'],
])('%s are read alike', async (_what, content, called) => {
  expect(await read(content)).toEqual({ rows: [[2, 'Acme', '1,50']], called })
})

test('lines are counted as a table program does; those without a word are left out', async () => {
  const { rows, called } = await read('x;client\n;Acme\n\n;;\n ; \n;"Zeta; Namur"')
  expect(rows).toEqual([
    [2, 'Acme', ''],
    [6, 'Zeta; Namur', ''],
  ])
  // Not in the file: as its reader calls it.
  expect(called).toBe('Totaal incl. btw')
})

test.each([
  ['no such column', 'Total TVAC\n1', { code: 'table-column-missing', params: { column: 'Klant' } }],
  ['a quote left open', 'Client\n"Acme', { code: 'table-unreadable' }],
  ['what Excel saves by itself', Uint8Array.of(0x50, 0x4b, 3, 4, 0), { code: 'table-unreadable' }],
  [
    'four lines where three may be',
    `Client${'\nAcme'.repeat(4)}`,
    { code: 'table-too-large', params: { lines: 3 } },
  ],
  ['over a megabyte', new Uint8Array(1024 * 1024 + 1), { code: 'table-too-large' }],
])('%s is refused', async (_what, content, failure) => {
  await expect(read(content)).rejects.toMatchObject(failure)
})

test('a fault is said in the reader’s words, with what it is about', () => {
  const errors: ErrorTable = {
    twice: {
      status: 422,
      text: { fr: 'Aussi la ligne {line}.', nl: 'Ook regel {line}.', en: 'Line {line} too.' },
    },
  }
  expect(lineFault(errors, { column: 'Nummer', code: 'twice', params: { line: 7 } }, 'nl')).toEqual({
    column: 'Nummer',
    code: 'twice',
    detail: 'Ook regel 7.',
  })
})
