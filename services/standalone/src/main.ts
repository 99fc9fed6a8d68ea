/** The embedded default: all seven services in one process, on one file. */
import { createArchiverService } from '@guichet/archiver'
import { createBillingService } from '@guichet/billing'
import { createGatewayService } from '@guichet/gateway'
import { createIdentityService, type IdentityService } from '@guichet/identity'
import { createMailGatewayService } from '@guichet/mail-gateway'
import { createNotificationService } from '@guichet/notification'
import { runServices } from '@guichet/service/main'
import { createTicketService } from '@guichet/ticket'
import { standaloneConfig } from './config.ts'
import { openInstallation, type Installation } from './installation.ts'

let installation: Installation
let identity: IdentityService

await runServices({
  name: 'standalone',
  configSchema: standaloneConfig,
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
    if (installation.kind === 'evaluation' && installation.accounts.length === 0) {
      const { demonstrate } = await import('./demonstration/demonstrate.ts')
      installation.accounts = await demonstrate(platform.partsFor('standalone', config), identity)
      await installation.remember(installation.accounts)
    }
    console.log(`Guichet is ready: ${config.PUBLIC_URL}`)
    if (waiting) console.log(`First administrator: open ${config.PUBLIC_URL}${waiting.activationPath}`)
    for (const { id, label } of installation.kind === 'evaluation' ? installation.accounts : []) {
      console.log(
        `Evaluation, on this machine only. ${label}: ${config.PUBLIC_URL}${identity.evaluationPath(id)}`,
      )
    }
  },
})
