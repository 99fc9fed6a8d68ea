import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tableErrors } from '@guichet/service/given-table'
import { errors } from './errors.ts'

/** Worded by the doors for every service. */
const COMMON = new Set([
  'invalid-input',
  'forbidden',
  'unauthenticated',
  'busy',
  'required',
  'too-large',
  'too-small',
  // Thrown where tables are read.
  ...Object.keys(tableErrors),
])

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing/'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

test('every code that billing fails with is worded, and every worded one is used', () => {
  const text = sources(import.meta.dirname)
    .filter((source) => !source.includes('satisfies ErrorTable'))
    .join('\n')
  const thrown = [
    ...text.matchAll(/new Failure\('([^']+)'/g),
    ...text.matchAll(/Failure\(seesIt \? '([^']+)' : '/g),
    ...text.matchAll(/code: '([^']+)'/g),
    ...text.matchAll(/reason: '([^']+)'/g),
    ...text.matchAll(/fault\('\w+', '([^']+)'/g),
    ...text.matchAll(/\bfault: '([^']+)'/g),
    ...text.matchAll(/'(ubl-[a-z]+)',/g),
  ].map(([, code]) => code ?? '')
  const own = new Set(thrown.filter((code) => !COMMON.has(code)))
  expect([...own].sort()).toEqual(
    Object.keys(errors)
      .filter((code) => !COMMON.has(code))
      .sort(),
  )
})

test('every text is there in all three languages', () => {
  for (const [code, { text }] of Object.entries(errors)) {
    for (const words of Object.values(text)) expect([code, words.trim().length > 10]).toEqual([code, true])
    expect([code, new Set(Object.values(text)).size]).toEqual([code, 3])
  }
})
