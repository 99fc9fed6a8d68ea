import { Type, type Static } from 'typebox'

export const gatewayConfig = Type.Object({
  HTTP_HOST: Type.String({ default: '127.0.0.1', description: 'Address the portal and the API listen on' }),
  HTTP_PORT: Type.Integer({
    default: 8080,
    minimum: 0,
    maximum: 65_535,
    description: 'Its port; 0 picks a free one',
  }),
  PUBLIC_URL: Type.String({
    default: '',
    description: 'Where people reach the portal; links in mails begin with it',
  }),
  BRAND: Type.String({ default: 'Guichet', description: 'Name shown on pages and in mails' }),
  SUPPORT_ADDRESS: Type.String({ default: 'sos@localhost', description: 'Where customers write to' }),
  RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 600,
    minimum: 0,
    description: 'HTTP requests by account and address; 0: none',
  }),
  MAX_UPLOAD_BYTES: Type.Integer({
    default: 25 * 1024 * 1024,
    minimum: 1024,
    description: 'Size of one uploaded file',
  }),
})
export type GatewayConfig = Static<typeof gatewayConfig>
