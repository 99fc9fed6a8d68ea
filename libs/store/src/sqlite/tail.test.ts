import { expect, test } from 'vitest'
import { createTail } from './tail.ts'

const MADE = new Set(['made'])
const write = (tail: ReturnType<typeof createTail>, from: number, to: number, json = '{}') => {
  for (let seq = from; seq <= to; seq++) tail.note({ seq, subject: seq % 2 === 0 ? 'made' : 'changed', json })
}
const seqs = (found: { seq: number }[] | undefined) => found?.map(({ seq }) => seq)

test('only what is committed is read, and what came to nothing never', () => {
  const tail = createTail(10)
  write(tail, 11, 14)
  expect([tail.lastSeq(), seqs(tail.after(10, 9, MADE))]).toEqual([10, []])
  tail.undone()
  write(tail, 11, 12)
  tail.committed()
  expect([tail.lastSeq(), seqs(tail.after(10, 9, MADE))]).toEqual([12, [12]])
  expect(seqs(tail.after(12, 9, MADE))).toEqual([])
})

test('it says that it does not know what came before it, or was forgotten', () => {
  const tail = createTail(10)
  expect(tail.after(9, 9, MADE)).toBeUndefined()
  for (let seq = 11; seq <= 10_010; seq++) {
    write(tail, seq, seq)
    tail.committed()
  }
  expect(tail.after(10, 9, MADE)).toBeUndefined()
  expect(tail.lastSeq()).toBe(10_010)
  expect(seqs(tail.after(10_000, 9, MADE))).toEqual([10_002, 10_004, 10_006, 10_008, 10_010])
  expect(seqs(tail.after(10_000, 2, MADE))).toEqual([10_002, 10_004])
})

test('a few large events are not kept for ever either', () => {
  const tail = createTail(0)
  const large = `"${'x'.repeat(60_000)}"`
  for (let seq = 1; seq <= 200; seq++) {
    write(tail, seq, seq, large)
    tail.committed()
  }
  expect(tail.after(100, 9, MADE)).toBeUndefined()
  expect(seqs(tail.after(190, 9, MADE))).toEqual([192, 194, 196, 198, 200])
})
