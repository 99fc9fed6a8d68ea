export { billingConfig } from './config.ts'
export { createBillingService } from './service.ts'
