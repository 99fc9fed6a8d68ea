/** How we sign in at the relay: the password in its URL, or an access token (XOAUTH2) where it names a user and none. */
import { Failure } from '@guichet/contracts/failure'
import { StartFault } from '@guichet/service'
import type { AccessTokens } from '../access-tokens.ts'

const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Milliseconds since 1970, long past: nodemailer keeps no token, ours are kept and renewed in one place. */
const ASK_AGAIN = 1

/** Options of nodemailer's transport. @throws StartFault for a user without password or token endpoint */
export function relayLogin(relayUrl: string, tokens: AccessTokens | null) {
  const url = new URL(relayUrl)
  if (url.username === '' || url.password !== '') return { url: relayUrl }
  if (tokens === null)
    throw new StartFault(
      'SMTP_RELAY_URL has a user and no password: add it, or set MAIL_OAUTH_TOKEN_URL for access tokens',
    )
  const user = decodeURIComponent(url.username)
  url.username = ''
  return {
    url: url.href,
    // A token in clear is a mailbox given away.
    requireTLS: !OWN_MACHINE.has(url.hostname),
    auth: {
      type: 'OAuth2' as const,
      user,
      provisionCallback: (
        _user: string,
        isRefused: boolean,
        done: (error: Error | null, token?: string, expires?: number) => void,
      ): void => {
        if (isRefused) tokens.forget()
        tokens.current().then(
          (token) => done(null, token, ASK_AGAIN),
          (error: unknown) => done(new Error(wordsOf(error), { cause: error })),
        )
      },
    },
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Failure)) return 'no access token could be had'
  return error.code === 'mail-login-refused'
    ? `the provider gives no access token (${String(error.params?.['error'] ?? error.params?.['status'])})`
    : 'the provider of access tokens does not answer'
}

/** The relay refused who we are, or the provider did; not: one of them is away. */
export function isLoginRefused(error: unknown): boolean {
  const {
    command,
    responseCode = 0,
    cause,
  } = error as {
    command?: string
    responseCode?: number
    cause?: unknown
  }
  if (command?.startsWith('AUTH') !== true) return false
  return responseCode >= 500 || (cause instanceof Failure && cause.code === 'mail-login-refused')
}
