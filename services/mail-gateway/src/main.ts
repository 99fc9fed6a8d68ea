import { runProcess } from '@guichet/service/main'
import { createMailGatewayService, mailGatewayConfig } from './index.ts'

await runProcess({ name: 'mail-gateway', configSchema: mailGatewayConfig, create: createMailGatewayService })
