import { runProcess } from '@guichet/service/main'
import { billingConfig, createBillingService } from './index.ts'

await runProcess({ name: 'billing', configSchema: billingConfig, create: createBillingService })
