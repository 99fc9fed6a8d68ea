/**
 * Frozen examples: what was once recorded or asked is understood for ever. One file per event and version, one per
 * request and live message, one per kind of actor in an envelope, in `fixtures/<owner>/`. A changed contract gets a new
 * example beside it, `<name>+<what is new>.json`; an example never changes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { TSchema } from 'typebox'
import { Clean } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { schemaFaults } from './check.ts'
import type { EventContract, LiveContract, RequestContract } from './definition.ts'
import { Envelope } from './envelope.ts'

type Definition = EventContract | RequestContract | LiveContract

const SOURCE = new URL('./', import.meta.url)
const FIXTURES = new URL('./fixtures/', import.meta.url)
/** Files of what every service is asked alike: functions of the service's name. The examples are one service's. */
const OF_EVERY_SERVICE = ['delivery', 'service']
const EXAMPLE_SERVICE = 'ticket'

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && 'type' in value && 'subject' in value
}

function definitionsIn(owner: string, exports: Record<string, unknown>): Definition[] {
  const made = (value: unknown): unknown =>
    OF_EVERY_SERVICE.includes(owner) && typeof value === 'function' && value.length === 1
      ? (value as (service: string) => unknown)(EXAMPLE_SERVICE)
      : value
  return Object.values(exports).map(made).filter(isDefinition)
}

async function allDefinitions(): Promise<[owner: string, definition: Definition][]> {
  const files = readdirSync(SOURCE).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const owned = await Promise.all(
    files.map(async (file) => {
      const exports = (await import(new URL(file, SOURCE).href)) as Record<string, unknown>
      const owner = basename(file, '.ts')
      return definitionsIn(owner, exports).map((each): [string, Definition] => [owner, each])
    }),
  )
  return owned.flat()
}

/** Of an event every version that ever was: an old one is read by the schema of today. */
function filesOf(owner: string, definition: Definition): string[] {
  if (definition.type !== 'event') return [`${owner}/${definition.subject}.json`]
  const versions = Array.from({ length: definition.version }, (_, index) => index + 1)
  return versions.map((version) => `${owner}/${definition.subject}@${version}.json`)
}

function partsOf(definition: Definition): Record<string, TSchema> {
  if (definition.type !== 'request') return { data: definition.data }
  return { input: definition.input, output: definition.output }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8'))
}

const definitions = await allDefinitions()
const kept = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json'))
  .sort()
const envelopes = ['account', 'service', 'stranger'].map((kind) => `envelope/${kind}.json`)
/** The first example of a contract, and those of what came to it later. */
const withLater = (file: string): string[] => [
  file,
  ...kept.filter((path) => path.startsWith(`${file.slice(0, -'.json'.length)}+`)),
]
const examples = definitions.flatMap(([owner, definition]) =>
  filesOf(owner, definition)
    .flatMap(withLater)
    .map((file) => [file, definition] as const),
)

test('every definition has its example, and every example its definition', () => {
  expect(kept).toEqual([...examples.map(([file]) => file), ...envelopes].sort())
})

describe('examples are understood', () => {
  test.each(examples)('%s', (file, definition) => {
    const example = read(file) as Record<string, unknown>
    const parts = partsOf(definition)
    expect(Object.keys(example).sort()).toEqual(Object.keys(parts).sort())
    for (const [name, schema] of Object.entries(parts)) {
      expect(schemaFaults(schema, example[name])).toEqual([])
      // A field that no schema names would be an example of nothing.
      expect(Clean(schema, structuredClone(example[name]))).toEqual(example[name])
    }
  })

  test.each(envelopes)('%s', (file) => {
    const envelope = read(file) as Envelope
    expect(schemaFaults(Envelope, envelope)).toEqual([])
    expect(envelope.actor.kind).toBe(basename(file, '.json'))
    const [, said] = definitions.find(([, { subject }]) => subject === envelope.subject) ?? []
    expect(said?.type === 'event' && schemaFaults(said.data, envelope.data)).toEqual([])
  })
})
