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

test('what a thread has drawn before leaves no trace in what it draws after', async () => {
  const { seller } = sampleOrder().issued
  const named = (name: string) => sampleOrder({ issued: { seller: { ...seller, name } } })
  // One glyph is both the micro sign and the Greek letter; the rest no other document says.
  const [order, foreign] = [named('Exeko \u00b5'), named('Exeko \u03bc e\u0301 x\u0305 Ω Ж ff')]
  const [first, second] = [createInvoicePrinter(1), createInvoicePrinter(1)]
  const before = [await first.print(order), await first.print(foreign)]
  const after = [await second.print(foreign), await second.print(order)].toReversed()
  for (const [at, { pdf }] of before.entries())
    expect(Buffer.from(pdf).equals(Buffer.from(after[at]?.pdf ?? []))).toBe(true)
})
