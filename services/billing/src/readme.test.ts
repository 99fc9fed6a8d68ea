import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as billing from '@guichet/contracts/billing'
import * as invoiceDelivery from '@guichet/contracts/invoice-delivery'
import * as letterhead from '@guichet/contracts/letterhead'
import * as receivables from '@guichet/contracts/receivables'
import { billingConfig } from './config.ts'

const contracts = { ...billing, ...invoiceDelivery, ...receivables, ...letterhead }
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const section = (name: string) => readme.split('\n## ').find((part) => part.startsWith(`${name}\n`)) ?? ''
const named = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort()
const subjects = (type: string) =>
  Object.values(contracts as Record<string, unknown>)
    .filter((value): value is { type: string; subject: string } => {
      const contract = value as { type?: unknown; subject?: unknown } | null
      return typeof contract === 'object' && contract?.type === type && 'subject' in contract
    })
    .map(({ subject }) => subject)
    .sort()

test('the README names every request, event, collection and setting, and no other', () => {
  expect(named(section('Answers'), /`(billing\.[a-z-]+)`/g)).toEqual(subjects('request'))
  expect(named(section('Emits'), /`(billing\.[a-z-]+)`/g)).toEqual(subjects('event'))
  expect(named(section('Config'), /^\| `([A-Z_]+)`/gm)).toEqual(Object.keys(billingConfig.properties).sort())
  const collections = readFileSync(new URL('./collections.ts', import.meta.url), 'utf8')
  expect(named(section('Owns'), /`([a-z-]+)`/g)).toEqual(named(collections, /name: '([a-z-]+)'/g))
})
