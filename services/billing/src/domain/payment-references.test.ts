import { expect, test } from 'vitest'
import QRCode from 'qrcode'
import { EPC_MAX_BYTES, epcPayment } from './epc-payment.ts'
import { referenceDigits, structuredReference } from './structured-reference.ts'

// spec/invoicing.md section 4.
test.each([
  ['2026000001', '+++202/6000/00192+++'],
  ['2025120026', '+++202/5120/02604+++'],
  ['2026000006', '+++202/6000/00697+++'],
])('%s is printed %s', (base, printed) => {
  expect(structuredReference(base)).toBe(printed)
})

test('only 10 digits have a structured communication', () => {
  expect(() => structuredReference('202600001')).toThrow(RangeError)
  expect(() => structuredReference('202600000x')).toThrow(RangeError)
  expect(referenceDigits('+++202/6000/00192+++')).toBe('202600000192')
})

const payment = {
  name: 'Exeko',
  iban: 'BE68539007547034',
  bic: 'GKCCBEBB',
  amount: '68.38',
  structuredReference: '+++202/6000/00192+++',
  text: 'F-1',
}

test('the code to scan has every field on its line', () => {
  expect(epcPayment(payment)).toBe(
    'BCD\n002\n1\nSCT\nGKCCBEBB\nExeko\nBE68539007547034\nEUR68.38\n\n202600000192',
  )
  expect(epcPayment({ ...payment, bic: null, structuredReference: null })).toBe(
    'BCD\n002\n1\nSCT\n\nExeko\nBE68539007547034\nEUR68.38\n\n\nF-1',
  )
})

test('is counted in bytes, and is none where there is nothing to pay', () => {
  const long = epcPayment({
    ...payment,
    name: 'é'.repeat(200),
    structuredReference: null,
    text: 'x'.repeat(100),
  })
  expect(long?.split('\n')[5]).toBe('é'.repeat(70))
  expect(Buffer.byteLength(long ?? '')).toBeLessThanOrEqual(EPC_MAX_BYTES)
  // 70 names of two bytes leave no room for 140 of them: the text gives way.
  const full = epcPayment({
    ...payment,
    structuredReference: null,
    text: 'é'.repeat(140),
    name: 'é'.repeat(70),
  })
  expect(full?.split('\n')[5]).toBe('é'.repeat(70))
  expect(full?.split('\n')[10]).toMatch(/^é{50,70}$/)
  const wide = epcPayment({ ...payment, name: '𝔈'.repeat(70) })
  for (const text of [full, wide]) {
    expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(EPC_MAX_BYTES)
    const data = [{ data: Buffer.from(text ?? '', 'utf8'), mode: 'byte' as const }]
    expect(QRCode.create(data, { errorCorrectionLevel: 'M' }).version).toBeLessThanOrEqual(13)
  }
  expect(wide?.split('\n')[9]).toBe('202600000192')
  expect(epcPayment({ ...payment, amount: '0.00' })).toBeUndefined()
  expect(epcPayment({ ...payment, amount: '1000000000.00' })).toBeUndefined()
})

test('a line break in a name does not move the fields', () => {
  expect(epcPayment({ ...payment, name: 'Ex\neko' })?.split('\n')[5]).toBe('Ex eko')
})
