/**
 * Access tokens for the mail provider (OAuth 2.0, RFC 6749: refresh token §6, or client credentials §4.4), as Microsoft
 * 365 and Google require for IMAP and SMTP. Kept until shortly before they expire.
 */
import { Failure } from '@guichet/contracts/failure'
import type { Clock } from '@guichet/delivery'
import type { MailGatewayConfig } from './config.ts'

export interface AccessTokens {
  /** @throws Failure mail-login-refused (the provider says no), unavailable (it says nothing); both retryable. */
  current(): Promise<string>
  /** The one at hand was refused before its end (revoked, a key rolled over): the next is a new one. */
  forget(): void
}

const ANSWERS_WITHIN_MS = 10_000
/** Before it expires, so that none expires on its way. */
const RENEWED_BEFORE_MS = 60_000
const DEFAULT_LIFETIME_S = 3600

/** null where no token endpoint is set. */
export function createAccessTokens(config: MailGatewayConfig, clock: Clock): AccessTokens | null {
  const { MAIL_OAUTH_TOKEN_URL: tokenUrl } = config
  if (tokenUrl === undefined) return null
  let kept: { token: string; until: number } | undefined
  let asking: Promise<string> | undefined

  async function ask(): Promise<string> {
    const response = await fetch(tokenUrl ?? '', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(grantOf(config)),
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    }).catch((error: unknown) => {
      throw new Failure('unavailable', { retryable: true, cause: error })
    })
    const answer = (await response.json().catch(() => ({}))) as {
      access_token?: unknown
      expires_in?: unknown
      error?: unknown
    }
    if (!response.ok || typeof answer.access_token !== 'string')
      throw new Failure('mail-login-refused', {
        retryable: true,
        // RFC 6749 §5.2: `invalid_grant`, `invalid_client` … Nothing of what we sent.
        params: {
          status: response.status,
          ...(typeof answer.error === 'string' ? { error: answer.error.slice(0, 100) } : {}),
        },
      })
    const seconds = typeof answer.expires_in === 'number' ? answer.expires_in : DEFAULT_LIFETIME_S
    kept = {
      token: answer.access_token,
      until: clock.now().epochMilliseconds + seconds * 1000 - RENEWED_BEFORE_MS,
    }
    return kept.token
  }

  return {
    forget: () => {
      kept = undefined
    },
    current: async () => {
      if (kept && clock.now().epochMilliseconds < kept.until) return kept.token
      asking ??= ask().finally(() => (asking = undefined))
      return await asking
    },
  }
}

function grantOf(config: MailGatewayConfig): Record<string, string> {
  const given = {
    client_id: config.MAIL_OAUTH_CLIENT_ID,
    client_secret: config.MAIL_OAUTH_CLIENT_SECRET,
    scope: config.MAIL_OAUTH_SCOPE,
    refresh_token: config.MAIL_OAUTH_REFRESH_TOKEN,
    grant_type: config.MAIL_OAUTH_REFRESH_TOKEN === undefined ? 'client_credentials' : 'refresh_token',
  }
  return Object.fromEntries(
    Object.entries(given).filter((each): each is [string, string] => each[1] !== undefined),
  )
}
