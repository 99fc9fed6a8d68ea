/** Holds a value against a schema; each schema is compiled once. The one place where a schema fault gets its code. */
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import type { FieldFault } from './failure.ts'

const compiled = new WeakMap<TSchema, Validator>()
/** A hostile body with 100,000 wrong fields gets this many answers. */
const MAX_FAULTS = 20

function validatorOf(schema: TSchema): Validator {
  let validator = compiled.get(schema)
  if (!validator) {
    validator = Compile(schema)
    compiled.set(schema, validator)
  }
  return validator
}

/** Empty when the value fits. Paths as in the body: `address.zip`, `lines.0.price`. */
export function schemaFaults(schema: TSchema, value: unknown): FieldFault[] {
  const validator = validatorOf(schema)
  if (validator.Check(value)) return []
  const faults = new Map<string, FieldFault>()
  for (const error of validator.Errors(value)) {
    for (const fault of faultsOf(error)) {
      if (!faults.has(fault.path)) faults.set(fault.path, fault)
    }
    if (faults.size >= MAX_FAULTS) break
  }
  return [...faults.values()].slice(0, MAX_FAULTS)
}

interface SchemaError {
  keyword: string
  instancePath: string
  params: object
}

function faultsOf(error: SchemaError): FieldFault[] {
  const at = error.instancePath.slice(1).replaceAll('/', '.')
  const under = (name: string) => (at ? `${at}.${name}` : name)
  const params = error.params as Record<string, unknown>
  const names = (key: string) =>
    (Array.isArray(params[key]) ? params[key].map(String) : []).slice(0, MAX_FAULTS)
  switch (error.keyword) {
    case 'required':
      return names('requiredProperties').map((name) => ({ path: under(name), code: 'required' }))
    case 'additionalProperties':
      return names('additionalProperties').map((name) => ({ path: under(name), code: 'unknown-field' }))
    // The schema `false` of an unknown property repeats the line above.
    case 'boolean':
      return [{ path: at, code: 'unknown-field' }]
    case 'minLength':
      return [
        { path: at, code: Number(params['limit']) <= 1 ? 'required' : 'too-short', params: limitOf(params) },
      ]
    case 'maxLength':
    case 'maxItems':
      return [{ path: at, code: 'too-long', params: limitOf(params) }]
    case 'minItems':
      return [{ path: at, code: 'too-few', params: limitOf(params) }]
    case 'minimum':
    case 'exclusiveMinimum':
      return [{ path: at, code: 'too-small', params: limitOf(params) }]
    case 'maximum':
    case 'exclusiveMaximum':
      return [{ path: at, code: 'too-large', params: limitOf(params) }]
    case 'type':
      return [{ path: at, code: 'wrong-type' }]
    case 'const':
    case 'enum':
    case 'anyOf':
      return [{ path: at, code: 'not-allowed' }]
    default:
      return [{ path: at, code: 'invalid-format' }]
  }
}

function limitOf(params: Record<string, unknown>): Record<string, number> {
  return { limit: Number(params['limit']) }
}
