/**
 * The environment, read once and whole: typed by a schema, with defaults, secrets also from files, and every fault
 * named at once with what would be right. The only reader of process.env.
 */
import { readFileSync } from 'node:fs'
import { schemaFaults } from '@guichet/contracts/check'
import type { Static, TObject, TSchema } from 'typebox'

/** What a property of a config schema may say beside its type. */
export interface Setting {
  default?: unknown
  /** What would be right, for the fault's line: `an address like smtp://host:25`. */
  mend?: string
  /** Never shown, and may come from a file named by `<NAME>_FILE`. */
  secret?: boolean
  /** For what no pattern says; called with the converted value. False: wrong, `mend` says why. */
  fits?: (value: never) => boolean
}

export interface ConfigFault {
  name: string
  /** One line: what was given (a secret's value never), what would be right. */
  text: string
}

export class ConfigFaults extends Error {
  override name = 'ConfigFaults'
  readonly faults: readonly ConfigFault[]
  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(({ text }) => text).join('\n'))
    this.faults = faults
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

/** What contradicts each other though each is right alone. */
export type Together<Config> = (config: Config) => readonly ConfigFault[]

/** @throws ConfigFaults with every fault there is. */
export function loadConfig<S extends TObject>(
  schema: S,
  env: Environment = process.env,
  together: Together<Static<S>> = () => [],
): Static<S> {
  const faults: ConfigFault[] = []
  const config: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties)) {
    const setting = property as TSchema & Setting
    const raw = rawValue(name, setting, env)
    if (raw.fault) {
      faults.push(raw.fault)
      continue
    }
    const value = raw.text === undefined ? setting.default : converted(setting, raw.text)
    if (value === undefined) {
      if (schema.required?.includes(name))
        faults.push({ name, text: `${name} is missing: give ${mendOf(setting)}` })
      continue
    }
    if (schemaFaults(setting, value).length > 0 || setting.fits?.(value as never) === false) {
      const given = setting.secret
        ? 'what was given (not shown)'
        : JSON.stringify(raw.text ?? setting.default)
      faults.push({ name, text: `${name}: ${given} does not fit: give ${mendOf(setting)}` })
      continue
    }
    config[name] = value
  }
  if (faults.length > 0) throw new ConfigFaults(faults)
  const contradictions = together(config as Static<S>)
  if (contradictions.length > 0) throw new ConfigFaults(contradictions)
  return config as Static<S>
}

/** An empty variable is an unset one: compose files cannot leave one out. */
function rawValue(name: string, setting: Setting, env: Environment): { text?: string; fault?: ConfigFault } {
  const text = env[name] || undefined
  const path = setting.secret ? env[`${name}_FILE`] || undefined : undefined
  if (path === undefined) return { text }
  if (text !== undefined) {
    return { fault: { name, text: `${name} and ${name}_FILE are both given: give one of them` } }
  }
  try {
    return { text: readFileSync(path, 'utf8').trimEnd() || undefined }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    return {
      fault: {
        name,
        text: `${name}_FILE: ${JSON.stringify(path)} cannot be read (${code}): give a readable file`,
      },
    }
  }
}

interface JsonSchema {
  type?: unknown
  const?: unknown
  anyOf?: readonly JsonSchema[]
  minimum?: number
  maximum?: number
}

const YES = new Set(['true', '1', 'yes', 'on'])
const NO = new Set(['false', '0', 'no', 'off'])

/** What cannot be converted stays as it is, so that the schema says no. */
function converted(setting: TSchema, text: string): unknown {
  const { type } = setting as JsonSchema
  if (type === 'integer' || type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  if (type !== 'boolean') return text
  const word = text.toLowerCase()
  return YES.has(word) ? true : NO.has(word) ? false : text
}

function mendOf(setting: TSchema & Setting): string {
  if (setting.mend) return setting.mend
  const { type, anyOf, minimum, maximum } = setting as JsonSchema
  if (anyOf) return `one of ${anyOf.map((one) => String(one.const)).join(', ')}`
  if (type === 'boolean') return 'true or false'
  if (type !== 'integer' && type !== 'number') return 'a text'
  const what = type === 'integer' ? 'a whole number' : 'a number'
  if (minimum !== undefined && maximum !== undefined) return `${what} from ${minimum} to ${maximum}`
  return minimum === undefined ? what : `${what}, ${minimum} or more`
}
