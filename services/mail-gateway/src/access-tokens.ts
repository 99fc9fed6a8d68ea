/**
 * Access tokens for the mail provider (OAuth 2.0, RFC 6749: refresh token §6, or client credentials §4.4), as Microsoft
 * 365 and Google require for IMAP and SMTP. Kept until shortly before they expire.
 */
import { Failure } from '@guichet/contracts/failure'
import type { MailGatewayConfig } from './config.ts'
import type { Context } from './context.ts'
import { createRefreshTokens } from './refresh-tokens.ts'

export interface AccessTokens {
  /**
   * @throws Failure mail-login-refused (the provider says no), unavailable (it says nothing); both retryable.
   * @throws StoreBusy, where a refresh token is used and nothing can be written
   */
  current(): Promise<string>
  /** The one at hand was refused before its end (revoked, a key rolled over): the next is a new one. */
  forget(): void
}

const ANSWERS_WITHIN_MS = 10_000
/** Before it expires, so that none expires on its way. */
const RENEWED_BEFORE_MS = 60_000
const DEFAULT_LIFETIME_S = 3600

/** null where no token endpoint is set. */
export function createAccessTokens(context: Context): AccessTokens | null {
  const { config, clock } = context.parts
  const { MAIL_OAUTH_TOKEN_URL: tokenUrl, MAIL_OAUTH_REFRESH_TOKEN: given } = config
  if (tokenUrl === undefined) return null
  const refresh = given === undefined ? null : createRefreshTokens(context, given)
  let kept: { token: string; until: number } | undefined
  let asking: Promise<string> | undefined

  async function ask(refreshToken: string | null) {
    const response = await fetch(tokenUrl ?? '', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(grantOf(config, refreshToken)),
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    }).catch((error: unknown) => {
      throw new Failure('unavailable', { retryable: true, cause: error })
    })
    const answer = (await response.json().catch(() => ({}))) as {
      access_token?: unknown
      expires_in?: unknown
      refresh_token?: unknown
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
    const next = typeof answer.refresh_token === 'string' ? answer.refresh_token : null
    return { token: kept.token, next }
  }

  async function renewed(): Promise<string> {
    const { token } = await (refresh ? refresh.renew(ask) : ask(null))
    return token
  }

  return {
    forget: () => {
      kept = undefined
    },
    current: async () => {
      await refresh?.keep()
      if (kept && clock.now().epochMilliseconds < kept.until) return kept.token
      asking ??= renewed().finally(() => (asking = undefined))
      return await asking
    },
  }
}

function grantOf(config: MailGatewayConfig, refreshToken: string | null): Record<string, string> {
  const given = {
    client_id: config.MAIL_OAUTH_CLIENT_ID,
    client_secret: config.MAIL_OAUTH_CLIENT_SECRET,
    scope: config.MAIL_OAUTH_SCOPE,
    refresh_token: refreshToken ?? undefined,
    grant_type: refreshToken === null ? 'client_credentials' : 'refresh_token',
  }
  return Object.fromEntries(
    Object.entries(given).filter((each): each is [string, string] => each[1] !== undefined),
  )
}
