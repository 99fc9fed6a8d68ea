import { runProcess } from '@guichet/service/main'
import { createGatewayService, gatewayConfig } from './index.ts'

await runProcess({ name: 'gateway', configSchema: gatewayConfig, create: createGatewayService })
