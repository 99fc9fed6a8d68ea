/** The embedded default: all seven services in one process, on one file. */
import { createArchiverService } from '@guichet/archiver'
import { createBillingService } from '@guichet/billing'
import { createGatewayService } from '@guichet/gateway'
import { createIdentityService, type IdentityService } from '@guichet/identity'
import { createMailGatewayService } from '@guichet/mail-gateway'
import { createNotificationService } from '@guichet/notification'
import { systemClock } from '@guichet/service'
import { runServices } from '@guichet/service/main'
import { createTicketService } from '@guichet/ticket'
import { standaloneConfig } from './config.ts'
import { createStoryClock } from './demonstration/story-clock.ts'
import { openInstallation, type Installation } from './installation.ts'

let installation: Installation
const clock = createStoryClock(systemClock)
let identity: IdentityService

await runServices({
  name: 'standalone',
  configSchema: standaloneConfig,
  clock,
  compose: async (platform, config) => {
    const own = platform.partsFor('standalone', config)
    installation = await openInstallation(own.store, config)
    const evaluation = installation.kind === 'evaluation'
    identity = createIdentityService(platform.partsFor('identity', { ...config, evaluation }))
    const mail = {
      ...config,
      REQUIRE_AUTHENTICATED_SENDERS: config.REQUIRE_AUTHENTICATED_SENDERS ?? !evaluation,
    }
    const behind = [
      identity,
      createTicketService(platform.partsFor('ticket', config)),
      createBillingService(platform.partsFor('billing', config)),
      createArchiverService(platform.partsFor('archiver', config)),
      createNotificationService(platform.partsFor('notification', config)),
      createMailGatewayService(platform.partsFor('mail-gateway', mail)),
    ]
    const gateway = createGatewayService(platform.partsFor('gateway', config), {
      readiness: async () =>
        Object.assign(
          await platform.check(),
          ...(await Promise.all(behind.map((service) => service.check()))),
        ),
      evaluationLinks: () =>
        installation.accounts.map(({ id, label }) => ({ label, path: identity.evaluationPath(id) })),
    })
    return [...behind, gateway]
  },
  onReady: async (platform, config) => {
    const waiting = await identity.ensureFirstAdmin()
    let telling: (() => Promise<void>) | undefined
    if (installation.kind === 'evaluation' && !installation.told) {
      const { settle, tell } = await import('./demonstration/demonstrate.ts')
      const parts = platform.partsFor('standalone', config)
      const world = await settle(parts, identity)
      installation.accounts = world.accounts
      await installation.remember({ accounts: world.accounts })
      telling = () => tell(parts, clock, world)
    }
    const links = installation.kind === 'evaluation' ? installation.accounts : []
    // In one write: whoever reads that it is ready has the links with it.
    console.log(
      [
        `Guichet is ready: ${config.PUBLIC_URL}`,
        ...(waiting ? [`First administrator: open ${config.PUBLIC_URL}${waiting.activationPath}`] : []),
        ...links.map(
          ({ id, label }) =>
            `Evaluation, on this machine only. ${label}: ${config.PUBLIC_URL}${identity.evaluationPath(id)}`,
        ),
      ].join('\n'),
    )
    // Behind the ready product; cut short by a stop, it goes on at the next start.
    try {
      await telling?.()
      if (telling) await installation.remember({ told: true })
    } catch (error) {
      platform.log.warn({ err: error }, 'the demonstration is not complete yet: it goes on at the next start')
    }
  },
})
