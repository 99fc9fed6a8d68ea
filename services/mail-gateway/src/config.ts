import { Type, type Static } from 'typebox'

const MIB = 1024 * 1024

export const mailGatewayConfig = Type.Object({
  SMTP_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  SMTP_PORT: Type.Integer({
    default: 2525,
    minimum: 0,
    maximum: 65_535,
    mend: 'a port, 0 to 65535 (0 picks a free one)',
  }),
  SMTP_RELAY_URL: Type.Optional(
    Type.String({
      secret: true,
      pattern: '^smtps?://.+',
      mend: 'smtp://user:password@host:port; without a password an access token is used (MAIL_OAUTH_…)',
    }),
  ),
  SMTP_TLS_CERT_FILE: Type.Optional(Type.String({ mend: 'the path of a PEM certificate' })),
  SMTP_TLS_KEY_FILE: Type.Optional(Type.String({ mend: 'the path of its PEM key' })),
  SUPPORT_ADDRESS: Type.String({
    default: 'sos@localhost',
    pattern: '^[^\\s@<>+]+@[^\\s@<>]+$',
    mend: 'a mail address like sos@example.com',
  }),
  BRAND: Type.String({ default: 'Guichet', minLength: 1 }),
  /** Unset: required, except in the evaluation, whose process says so. */
  REQUIRE_AUTHENTICATED_SENDERS: Type.Optional(Type.Boolean({ mend: 'true or false' })),
  /** Comma-separated addresses and ranges of the house's own MTAs: the client is the first hop outside them. */
  MAIL_TRUSTED_RELAYS: Type.String({ default: '' }),
  /** Comma-separated authserv-ids (RFC 8601) whose findings are taken for our own, on mail that came by those relays. */
  MAIL_TRUSTED_AUTHSERV: Type.String({ default: '' }),
  /** Comma-separated domains (`d=` of the seal, RFC 8617) whose word is taken for mail that they passed on. */
  MAIL_TRUSTED_ARC_SEALERS: Type.String({ default: '' }),
  SMTP_RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 600,
    minimum: 0,
    mend: 'a number of mails, 0 for no limit',
  }),
  IMAP_URL: Type.Optional(
    Type.String({
      secret: true,
      pattern: '^imaps?://.+@.+',
      mend: 'imaps://user:password@host/INBOX; without a password an access token is used (MAIL_OAUTH_…)',
    }),
  ),
  /** Where mails go that were taken over IMAP; unset: they stay, marked as read. */
  IMAP_MOVE_TO: Type.Optional(Type.String({ minLength: 1, mend: 'the name of a folder of that mailbox' })),
  MAIL_OAUTH_TOKEN_URL: Type.Optional(
    Type.String({ pattern: '^https?://.+', mend: 'the token endpoint of the mail provider' }),
  ),
  MAIL_OAUTH_CLIENT_ID: Type.Optional(Type.String({ minLength: 1 })),
  MAIL_OAUTH_CLIENT_SECRET: Type.Optional(Type.String({ secret: true, minLength: 1 })),
  /** Unset: the application's own access (client credentials). */
  MAIL_OAUTH_REFRESH_TOKEN: Type.Optional(Type.String({ secret: true, minLength: 1 })),
  MAIL_OAUTH_SCOPE: Type.Optional(Type.String({ minLength: 1 })),
  /** Unset: the relay signs, or nobody does. */
  MAIL_DKIM_KEY: Type.Optional(
    Type.String({
      secret: true,
      pattern: '^\\s*-----BEGIN (RSA |EC )?PRIVATE KEY-----',
      mend: 'a private key in PEM; as a file: MAIL_DKIM_KEY_FILE',
    }),
  ),
  MAIL_DKIM_SELECTOR: Type.String({
    default: 'guichet',
    pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
    mend: 'the name under _domainkey where the public key stands',
  }),
  MAIL_MAX_BYTES: Type.Integer({ default: 25 * MIB, minimum: 64 * 1024, mend: 'a size in bytes' }),
})
export type MailGatewayConfig = Static<typeof mailGatewayConfig>
