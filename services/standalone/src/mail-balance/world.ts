/**
 * The mail desk at work, and killed: mail gateway, ticket, identity and notification over one SQLite file. A kill is a
 * copy of that file taken between two commits and the desk started again on the copy, as after SIGKILL: what was in
 * memory is gone, what a consumer had not yet noted as handled comes again.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdentityService } from '@guichet/identity'
import { createMailGatewayService, mailGatewayConfig, type MailGatewayService } from '@guichet/mail-gateway'
import { createNotificationService, notificationConfig } from '@guichet/notification'
import type { ServiceParts } from '@guichet/service'
import { loadConfig } from '@guichet/service/config'
import { serve, startHarness, type Harness } from '@guichet/service/harness'
import type { Service } from '@guichet/service'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { createTicketService } from '@guichet/ticket'
import { killBeforeOrAfterCommit, type KillPlan } from './kill-plan.ts'

/** Nobody outside the tests has it. */
const SECRET = new Uint8Array(32).fill(7)
export const SUPPORT = 'sos@exeko.test'

const UNHANDLED = new Set(['guichet_consumer_lag', 'guichet_parked_keys', 'guichet_dead_letters'])

export interface World {
  harness: () => Harness
  smtpPort: () => number
  clock: FakeClock
  /** After so many more commits of any service, the disk is as it was then: `kept` with that commit, `lost` without. */
  killAfter: (commits: number, last: KillPlan['last']) => void
  /** Was killed since the last start: nothing that was answered since counts. */
  isKilled: () => boolean
  /** Killed now, unless it was before, and started on what was on disk. */
  restart: () => Promise<void>
  /** Stopped in order and started again; as killed where a kill came first. */
  stopAndStart: () => Promise<void>
  /** Events that some consumer has not handled, those that are being tried again, and dead letters. */
  unhandled: () => Promise<number>
  close: () => Promise<void>
}

export async function openWorld(relayUrl: string): Promise<World> {
  const clock = createFakeClock('2026-11-24T10:00:00Z')
  const folders: string[] = []
  let current = await start(newFolder())

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-balance-'))
    folders.push(folder)
    return folder
  }

  async function start(dataDir: string) {
    const after = newFolder()
    const plan: KillPlan = { commitsLeft: Infinity, last: 'kept', killed: false }
    const kill = () => {
      if (plan.killed) return
      plan.killed = true
      cpSync(dataDir, after, { recursive: true, filter: (name) => !/\.(lock|sqlite-shm)$/.test(name) })
    }
    let metrics: ServiceParts<unknown>['metrics'] | undefined
    const mortal = <Config>(name: string, create: (parts: ServiceParts<Config>) => Service, config: Config) =>
      serve<Config>(
        name,
        (parts) => {
          metrics = parts.metrics
          killBeforeOrAfterCommit(parts.store, plan, kill)
          return create(parts)
        },
        config,
      )
    const mail = loadConfig(mailGatewayConfig, {
      SMTP_PORT: '0',
      SMTP_RELAY_URL: relayUrl,
      SUPPORT_ADDRESS: SUPPORT,
      REQUIRE_AUTHENTICATED_SENDERS: 'false',
      SMTP_RATE_LIMIT_PER_MINUTE: '0',
    })
    const harness = await startHarness({
      dataDir,
      secret: SECRET,
      clock,
      logLevel: 'error',
      services: [
        mortal('identity', createIdentityService, {}),
        mortal('ticket', createTicketService, { ARCHIVE_AFTER_DAYS: 90 }),
        mortal(
          'notification',
          createNotificationService,
          loadConfig(notificationConfig, { PUBLIC_URL: 'https://desk.exeko.test', SUPPORT_ADDRESS: SUPPORT }),
        ),
        mortal('mail-gateway', createMailGatewayService, mail),
      ],
    })
    const smtp = (harness.services[3] as MailGatewayService).smtpAddress()
    return { harness, plan, kill, dataDir, after, port: Number(smtp.split(':').at(-1)), metrics }
  }

  async function again(killed: boolean): Promise<void> {
    if (killed) current.kill()
    const { harness, plan, dataDir, after } = current
    await harness.stop()
    current = await start(plan.killed ? after : dataDir)
  }

  return {
    clock,
    harness: () => current.harness,
    smtpPort: () => current.port,
    killAfter: (commits, last) => Object.assign(current.plan, { commitsLeft: commits, last }),
    isKilled: () => current.plan.killed,
    restart: () => again(true),
    stopAndStart: () => again(false),
    unhandled: async () => {
      const gauges = (await current.metrics?.getMetricsAsJSON()) ?? []
      return gauges
        .filter(({ name }) => UNHANDLED.has(name))
        .flatMap(({ values }) => values as { value: number }[])
        .reduce((sum, { value }) => sum + value, 0)
    },
    close: async () => {
      await current.harness.stop()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}
