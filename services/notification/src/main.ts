import { runProcess } from '@guichet/service/main'
import { createNotificationService, notificationConfig } from './index.ts'

await runProcess({
  name: 'notification',
  configSchema: notificationConfig,
  create: createNotificationService,
})
