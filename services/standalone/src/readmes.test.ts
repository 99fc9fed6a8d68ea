/** A newcomer reads the READMEs first: what they name is there, and what is there they name. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TObject } from 'typebox'
import { expect, test } from 'vitest'
import { archiverConfig } from '@guichet/archiver'
import { billingConfig } from '@guichet/billing'
import { gatewayConfig } from '@guichet/gateway'
import { identityConfig } from '@guichet/identity'
import { mailGatewayConfig } from '@guichet/mail-gateway'
import { notificationConfig } from '@guichet/notification'
import { ticketConfig } from '@guichet/ticket'
import { platformConfig } from '@guichet/service/main'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sectionOf = (readme: string, name: string) =>
  readme.split('\n## ').find((part) => part.startsWith(`${name}\n`)) ?? ''
const named = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort()

interface Contract {
  type: string
  subject: string
}
const modules = await Promise.all(
  globSync('libs/contracts/src/*.ts', { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => import(join(root, path)) as Promise<Record<string, unknown>>),
)
const contracts = modules.flatMap((module) =>
  Object.values(module).filter(
    (value): value is Contract =>
      typeof value === 'object' && value !== null && 'subject' in value && 'type' in value,
  ),
)
const subjects = (type: string, of: (subject: string) => boolean) =>
  [
    ...new Set(
      contracts.filter((each) => each.type === type && of(each.subject)).map((each) => each.subject),
    ),
  ].sort()

/** Whose an event is: mail.requested is notification's, whatever its name begins with. */
const SERVICES: Record<string, { config: TObject; owns: (event: string) => boolean }> = {
  archiver: { config: archiverConfig, owns: (event) => event.startsWith('archive.') },
  billing: { config: billingConfig, owns: (event) => event.startsWith('billing.') },
  gateway: { config: gatewayConfig, owns: (event) => event.startsWith('gateway.') },
  identity: { config: identityConfig, owns: (event) => event.startsWith('identity.') },
  'mail-gateway': {
    config: mailGatewayConfig,
    owns: (event) => event.startsWith('mail.') && event !== 'mail.requested',
  },
  notification: {
    config: notificationConfig,
    owns: (event) => event.startsWith('notification.') || event === 'mail.requested',
  },
  ticket: { config: ticketConfig, owns: (event) => event.startsWith('ticket.') },
}

test.each(Object.entries(SERVICES))(
  '%s: the README names every request, event, collection and setting, and no other',
  (name, { config, owns }) => {
    const readme = read(`services/${name}/README.md`)
    const answers = sectionOf(readme, 'Answers')
    expect(named(answers, new RegExp(`\`(${name}\\.[a-z-]+)\``, 'g'))).toEqual(
      subjects('request', (subject) => subject.startsWith(`${name}.`)),
    )
    const events = sectionOf(readme, 'Emits').split('Live:')[0] ?? ''
    expect(named(events, /`([a-z]+\.[a-z-]+)`/g)).toEqual(subjects('event', owns))
    expect(named(sectionOf(readme, 'Config'), /^\| `([A-Z_]+)`/gm)).toEqual(
      Object.keys(config.properties).sort(),
    )
    const collections = `services/${name}/src/collections.ts`
    const owned = existsSync(join(root, collections)) ? read(collections) : ''
    expect(named(sectionOf(readme, 'Owns'), /`([a-z-]+)`/g)).toEqual(named(owned, /name: '([a-z-]+)'/g))
  },
)

test('the README’s settings are settings', () => {
  const known = new Set(
    [platformConfig, ...Object.values(SERVICES).map(({ config }) => config)].flatMap((schema) =>
      Object.keys(schema.properties),
    ),
  )
  const rows = sectionOf(read('README.md'), 'Configuration')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const named_ = rows.flatMap((row) => named(row.split('|')[1] ?? '', /`([A-Z_]+)`/g))
  expect(named_.filter((name) => !known.has(name))).toEqual([])
  expect(Object.keys(platformConfig.properties).filter((name) => !named_.includes(name))).toEqual([])
})

test('every link to a file leads to one', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    ...globSync('{docs,services,libs}/**/*.md', { cwd: root }),
  ]
  const broken = pages
    .filter((page) => !page.includes('node_modules'))
    .flatMap((page) =>
      named(read(page), /\]\(([^)#\s]+)(?:#[^)]*)?\)/g)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => !existsSync(resolve(root, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    )
  expect(broken).toEqual([])
})
