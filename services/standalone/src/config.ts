/** The settings of all seven services, each named once: what two of them read is the same setting. */
import { archiverConfig } from '@guichet/archiver'
import { billingConfig } from '@guichet/billing'
import { gatewayConfig } from '@guichet/gateway'
import { identityConfig } from '@guichet/identity'
import { mailGatewayConfig } from '@guichet/mail-gateway'
import { notificationConfig } from '@guichet/notification'
import { ticketConfig } from '@guichet/ticket'
import { Type } from 'typebox'

export const standaloneConfig = Type.Object({
  ...archiverConfig.properties,
  ...billingConfig.properties,
  ...gatewayConfig.properties,
  ...identityConfig.properties,
  ...mailGatewayConfig.properties,
  ...notificationConfig.properties,
  ...ticketConfig.properties,
})
