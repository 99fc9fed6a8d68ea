export { gatewayConfig } from './config.ts'
export { createGatewayService, type GatewayService } from './service.ts'
