import type { Failure } from '@guichet/contracts/failure'
import { expect, test } from 'vitest'
import { sampleLine, sampleOrder } from '../testing/sample-orders.ts'
import { createInvoicePrinter } from './invoice-printer.ts'

test('the printing threads give the same bytes, whoever draws, and refuse what breaks a rule', async () => {
  const printer = createInvoicePrinter()
  const orders = Array.from({ length: 12 }, (_, at) => sampleOrder({ issued: { number: `F-${at % 3}` } }))
  const printed = await Promise.all(orders.map((order) => printer.print(order)))
  for (const [at, { pdf, ubl }] of printed.entries()) {
    expect(Buffer.from(pdf).equals(Buffer.from(printed[at % 3]?.pdf ?? []))).toBe(true)
    expect(ubl).not.toBeNull()
  }
  const unsound = sampleOrder({ invoice: { lines: [sampleLine({ net: '45.01' })] } })
  const failure = await printer.print(unsound).then(
    () => undefined,
    (error: Failure) => error,
  )
  expect(failure?.code).toBe('electronic-invoice-unsound')
  expect(failure?.params).toEqual({ rules: 'PEPPOL-EN16931-R120' })
  expect(failure?.fields).toEqual([
    {
      path: 'ubl',
      code: 'ubl-amount',
      params: { rule: 'PEPPOL-EN16931-R120', where: 'cac:InvoiceLine 1' },
    },
  ])
})
