/**
 * Who may say and hear what at the broker (spec/security.md, 22): each service publishes only the events it emits,
 * answers only its own requests, announces only in its own name, reads its answers in an inbox of its own. What is
 * written here is what each service's code declares; a test holds `subjects.json` against it.
 *
 * Printed for an operator's nats.conf: `node deploy/nats/authorization.mjs`, with one password per service in the
 * environment (TICKET_BROKER_PASSWORD, MAIL_GATEWAY_BROKER_PASSWORD …), plain or as bcrypt.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const STREAM = 'guichet-events'
/** libs/bus/src/nats/subjects.ts: each consumer is one durable per lane. */
const LANES = 16

/** @type {Record<string, {emits: string[], consumers: string[], watches: boolean}>} */
export const subjects = JSON.parse(readFileSync(new URL('subjects.json', import.meta.url), 'utf8'))

export const services = Object.keys(subjects)

export function permissionsOf(service) {
  const { emits, consumers, watches } = subjects[service]
  const durables = consumers.flatMap((consumer) =>
    Array.from({ length: LANES }, (_, lane) => `${consumer}-${lane}`),
  )
  return {
    publish: {
      allow: [
        ...emits.map((subject) => `events.*.*.${subject}`),
        // Anyone may ask anything: who asks is in the token, and the service that answers decides.
        'requests.>',
        `live.${service}.>`,
        '$JS.API.INFO',
        `$JS.API.STREAM.INFO.${STREAM}`,
        `$JS.API.STREAM.CREATE.${STREAM}`,
        ...durables.flatMap((durable) => [
          `$JS.API.CONSUMER.INFO.${STREAM}.${durable}`,
          `$JS.API.CONSUMER.CREATE.${STREAM}.${durable}`,
          `$JS.API.CONSUMER.DURABLE.CREATE.${STREAM}.${durable}`,
          `$JS.API.CONSUMER.CREATE.${STREAM}.${durable}.>`,
          `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${durable}`,
          `$JS.ACK.${STREAM}.${durable}.>`,
        ]),
      ],
    },
    subscribe: {
      allow: [`requests.${service}.>`, `_INBOX.${service}.>`, ...(watches ? ['live.>'] : [])],
    },
    // To the inbox of whoever asked, once.
    allow_responses: { max: 1, expires: '1m' },
  }
}

/** For nats.conf, whose blocks are JSON. @param {Record<string, string>} passwords by service */
export function authorization(passwords) {
  const users = services.map((service) => ({
    user: service,
    password: passwords[service],
    permissions: permissionsOf(service),
  }))
  return `authorization: ${JSON.stringify({ users }, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = services.map((service) => [
    service,
    `${service.toUpperCase().replaceAll('-', '_')}_BROKER_PASSWORD`,
  ])
  const missing = named.filter(([, variable]) => !process.env[variable])
  if (missing.length > 0) {
    console.error(`No password for: ${missing.map(([, variable]) => variable).join(', ')}`)
    process.exit(1)
  }
  process.stdout.write(
    authorization(Object.fromEntries(named.map(([service, variable]) => [service, process.env[variable]]))),
  )
}
