export { mailGatewayConfig } from './config.ts'
export { createMailGatewayService, type MailGatewayService } from './service.ts'
