/** The settings that every process reads. Services add theirs. */
import { LOG_LEVELS } from '@guichet/telemetry/log'
import { Type, type Static, type TObject, type TProperties } from 'typebox'
import type { ConfigFault } from './config.ts'

const port = (fallback: number) =>
  Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: fallback,
    mend: 'a port, 0 to 65535 (0 picks a free one)',
  })

function isTimeZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

export const platformConfig = Type.Object({
  DATA_DIR: Type.String({ default: './data', minLength: 1 }),
  STORE_URL: Type.String({
    default: 'sqlite:',
    secret: true,
    pattern: '^(sqlite:|mongodb(\\+srv)?://.+)',
    mend: 'sqlite: or mongodb://host:27017/guichet',
  }),
  EVENTS_URL: Type.String({
    default: 'sqlite:',
    secret: true,
    pattern: '^(sqlite:|(nats|tls)://.+|kafka://.+)',
    mend: 'sqlite:, nats://host:4222 or kafka://host:9092',
  }),
  REQUESTS_URL: Type.String({
    default: 'local:',
    secret: true,
    pattern: '^(local:|(nats|tls)://.+)',
    mend: 'local: or nats://host:4222',
  }),
  /** Default: made of HTTP_HOST and HTTP_PORT. Never ends in a slash. */
  PUBLIC_URL: Type.Optional(
    Type.String({ pattern: '^https?://[^/?#\\s]+$', mend: 'https://desk.example.com, without a path' }),
  ),
  HTTP_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  HTTP_PORT: port(8080),
  BRAND: Type.String({
    default: 'Guichet',
    minLength: 1,
    maxLength: 100,
    mend: 'a name of 1 to 100 characters',
  }),
  SUPPORT_ADDRESS: Type.String({
    default: 'sos@localhost',
    pattern: '^[^\\s@<>]+@[^\\s@<>]+$',
    mend: 'a mail address like sos@example.com',
  }),
  TZ: Type.String({ default: 'Europe/Brussels', fits: isTimeZone, mend: 'a time zone like Europe/Brussels' }),
  LOG_LEVEL: Type.Union(
    LOG_LEVELS.map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
  /** Default: generated once into DATA_DIR/secrets/cluster-secret. Processes on several machines need the same one. */
  CLUSTER_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      secret: true,
      mend: '32 random characters or more, the same for every process',
    }),
  ),
  /** Health and metrics of this process. */
  OPS_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  OPS_PORT: port(0),
})
export type PlatformConfig = Static<typeof platformConfig>

/** The platform's settings and a service's own; a setting of the platform that a service names too is the platform's. */
export function withPlatform<P extends TProperties>(own: TObject<P>) {
  return Type.Object({ ...own.properties, ...platformConfig.properties })
}

/** The combinations that cannot work. */
export function platformContradictions(config: PlatformConfig): ConfigFault[] {
  const faults: ConfigFault[] = []
  if (config.EVENTS_URL.startsWith('sqlite:') && !config.STORE_URL.startsWith('sqlite:')) {
    faults.push({
      name: 'EVENTS_URL',
      text: 'EVENTS_URL: sqlite: needs STORE_URL=sqlite: too: give nats://host:4222 or kafka://host:9092',
    })
  }
  return faults
}
