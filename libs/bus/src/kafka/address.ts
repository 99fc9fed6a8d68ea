import type { KafkaConfig } from 'kafkajs'

type Mechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512'
const MECHANISMS: readonly string[] = ['plain', 'scram-sha-256', 'scram-sha-512'] satisfies Mechanism[]

/**
 * `kafka://[user:password@]host:port[,host:port…][?mechanism=plain]`. With credentials the connection is encrypted;
 * the mechanism is scram-sha-512 unless named.
 */
export function kafkaAddress(url: string): Pick<KafkaConfig, 'brokers' | 'ssl' | 'sasl'> {
  const { credentials, hosts, query } =
    /^kafka:\/\/(?:(?<credentials>[^@]*)@)?(?<hosts>[^/?]+)\/?(?:\?(?<query>.*))?$/.exec(url)?.groups ?? {}
  if (!hosts) throw new TypeError('EVENTS_URL: give kafka://host:9092, several hosts with commas between')
  const brokers = hosts.split(',').map((host) => (host.includes(':') ? host : `${host}:9092`))
  if (credentials === undefined) return { brokers }
  const [username = '', ...password] = credentials.split(':')
  const mechanism = new URLSearchParams(query).get('mechanism') ?? 'scram-sha-512'
  if (!MECHANISMS.includes(mechanism))
    throw new TypeError(`EVENTS_URL: mechanism is one of ${MECHANISMS.join(', ')}`)
  const sasl = {
    mechanism: mechanism as 'plain',
    username: decodeURIComponent(username),
    password: decodeURIComponent(password.join(':')),
  }
  return { brokers, ssl: true, sasl }
}
