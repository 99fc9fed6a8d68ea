import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { ConfigFaults, loadConfig } from './config.ts'
import { platformConfig, platformContradictions, withPlatform } from './platform-config.ts'

const schema = withPlatform(
  Type.Object({
    SMTP_PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 2525 }),
    SMTP_RELAY_URL: Type.Optional(
      Type.String({ secret: true, pattern: '^smtps?://', mend: 'smtp://user:pass@host:25' }),
    ),
    REQUIRE_AUTHENTICATED_SENDERS: Type.Boolean({ default: true }),
    ADMIN_EMAIL: Type.String({ mend: 'the first administrator’s address' }),
  }),
)

function faultsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(schema, env, platformContradictions)
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults.map(({ text }) => text)
    throw error
  }
  return []
}

describe('the environment', () => {
  it('has the defaults of the interface', () => {
    expect(loadConfig(platformConfig, {})).toEqual({
      DATA_DIR: './data',
      STORE_URL: 'sqlite:',
      EVENTS_URL: 'sqlite:',
      REQUESTS_URL: 'local:',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: 8080,
      BRAND: 'Guichet',
      SUPPORT_ADDRESS: 'sos@localhost',
      TZ: 'Europe/Brussels',
      LOG_LEVEL: 'info',
      OPS_HOST: '127.0.0.1',
      OPS_PORT: 0,
    })
  })

  it('is converted by its schema; an empty variable is an unset one', () => {
    const config = loadConfig(schema, {
      ADMIN_EMAIL: 'admin@example.be',
      HTTP_PORT: '0',
      SMTP_PORT: '',
      REQUIRE_AUTHENTICATED_SENDERS: 'No',
    })
    expect(config).toMatchObject({ HTTP_PORT: 0, SMTP_PORT: 2525, REQUIRE_AUTHENTICATED_SENDERS: false })
    expect('SMTP_RELAY_URL' in config).toBe(false)
  })

  it('tells every fault at once, each with what was given and what would be right', () => {
    expect(
      faultsOf({
        HTTP_PORT: '80a',
        SMTP_PORT: '70000',
        TZ: 'Bruxelles',
        LOG_LEVEL: 'loud',
        REQUIRE_AUTHENTICATED_SENDERS: 'perhaps',
        PUBLIC_URL: 'desk.example.be/',
      }),
    ).toEqual([
      'SMTP_PORT: "70000" does not fit: give a whole number from 0 to 65535',
      'REQUIRE_AUTHENTICATED_SENDERS: "perhaps" does not fit: give true or false',
      'ADMIN_EMAIL is missing: give the first administrator’s address',
      'PUBLIC_URL: "desk.example.be/" does not fit: give https://desk.example.com, without a path',
      'HTTP_PORT: "80a" does not fit: give a port, 0 to 65535 (0 picks a free one)',
      'TZ: "Bruxelles" does not fit: give a time zone like Europe/Brussels',
      'LOG_LEVEL: "loud" does not fit: give one of fatal, error, warn, info, debug, trace, silent',
    ])
  })

  it('never shows a secret’s value', () => {
    const faults = faultsOf({
      ADMIN_EMAIL: 'a@b',
      CLUSTER_SECRET: 'hunter2',
      SMTP_RELAY_URL: 'http://u:hunter2@h',
    })
    expect(faults).toHaveLength(2)
    expect(faults.join()).not.toContain('hunter2')
    expect(faults[1]).toBe(
      'CLUSTER_SECRET: what was given (not shown) does not fit: give 32 random characters or more, the same for every process',
    )
  })

  it('tells what contradicts each other', () => {
    expect(faultsOf({ ADMIN_EMAIL: 'a@b', STORE_URL: 'mongodb://h/guichet' })).toEqual([
      'EVENTS_URL: sqlite: needs STORE_URL=sqlite: too: give nats://host:4222 or kafka://host:9092',
    ])
  })
})
