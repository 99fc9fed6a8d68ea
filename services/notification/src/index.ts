export { notificationConfig } from './config.ts'
export { createNotificationService } from './service.ts'
