import { runProcess } from '@guichet/service/main'
import { createIdentityService, identityConfig } from './index.ts'

await runProcess({
  name: 'identity',
  configSchema: identityConfig,
  create: (parts) => {
    const service = createIdentityService(parts)
    return {
      ...service,
      start: async () => {
        await service.start()
        const waiting = await service.ensureFirstAdmin()
        if (waiting)
          console.log(`First administrator: open ${parts.config.PUBLIC_URL ?? ''}${waiting.activationPath}`)
      },
    }
  },
})
