import { describe, expect, test } from 'vitest'
import { readDay, readDecimal, readMinutes } from './written.ts'

describe('a day', () => {
  test.each([
    ['24/11/2026', '2026-11-24'],
    ['4/1/2026', '2026-01-04'],
    ['04-01-2026', '2026-01-04'],
    ['04.01.2026', '2026-01-04'],
    ['2026-11-24', '2026-11-24'],
    ['24/11/2026 00:00', '2026-11-24'],
    ['2026-11-24T00:00:00', '2026-11-24'],
    [' 29/02/2028 ', '2028-02-29'],
  ])('%j is %s', (written, value) => {
    expect(readDay(written)).toEqual({ value })
  })

  // Month first, two digits of a year, no such day, the number that Excel keeps: none is guessed.
  test.each([
    '11/24/2026',
    '24/11/26',
    '29/02/2026',
    '31/11/2026',
    '46350',
    'demain',
    '2026-11-24 10:00',
    '',
  ])('%j is not read', (written) => {
    expect(readDay(written)).toEqual({ fault: 'day-unreadable' })
  })
})

describe('a decimal', () => {
  test.each([
    ['121', '121'],
    ['121,00', '121'],
    ['121.5', '121.5'],
    ['0,05', '0.05'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['1\u202f234\u00a0567,8', '1234567.8'],
    ['1.234.567', '1234567'],
    ['1.234.567,89', '1234567.89'],
    ['€ 12,50', '12.5'],
    ['12,50 EUR', '12.5'],
    ['121,0000', '121'],
    ['0,100', '0.1'],
    ['1234,000', '1234'],
    ['-12,50', '-12.5'],
    ['007,10', '7.1'],
    ['99999999999.99', '99999999999.99'],
  ])('%j is %s', (written, value) => {
    expect(readDecimal(written, 2)).toEqual({ value })
  })

  test.each([
    ['1.234', 'thousand-or-decimal'],
    ['1,234', 'thousand-or-decimal'],
    ['12,345', 'thousand-or-decimal'],
    ['12,3456', 'too-many-decimals'],
    ['0,125', 'too-many-decimals'],
    ['1.23.456', 'decimal-unreadable'],
    ['12.34,56', 'decimal-unreadable'],
    ['1.234,567,89', 'decimal-unreadable'],
    ['1,234.', 'decimal-unreadable'],
    ['12,', 'decimal-unreadable'],
    [',5', 'decimal-unreadable'],
    ['1e3', 'decimal-unreadable'],
    ['=1+1', 'decimal-unreadable'],
    ['(12,50)', 'decimal-unreadable'],
    ['', 'decimal-unreadable'],
    ['1234567890123', 'amount-too-large'],
  ])('%j is refused: %s', (written, fault) => {
    expect(readDecimal(written, 2)).toEqual({ fault })
  })
})

describe('hours', () => {
  test.each([
    ['12:20', 740],
    ['12h20', 740],
    ['12u20', 740],
    ['12 h', 720],
    ['7', 420],
    ['12,5', 750],
    ['0,25', 15],
    ['0.05', 3],
  ])('%j are %i minutes', (written, value) => {
    expect(readMinutes(written)).toEqual({ value })
  })

  test.each([
    ['12,33', 'hours-not-whole-minutes'],
    ['12:75', 'hours-unreadable'],
    ['beaucoup', 'hours-unreadable'],
    ['1.250', 'thousand-or-decimal'],
  ])('%j are refused: %s', (written, fault) => {
    expect(readMinutes(written)).toEqual({ fault })
  })
})
