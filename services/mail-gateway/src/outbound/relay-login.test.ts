import { StartFault } from '@guichet/service'
import { describe, expect, test } from 'vitest'
import type { AccessTokens } from '../access-tokens.ts'
import { isLoginRefused, relayLogin } from './relay-login.ts'

const tokens: AccessTokens = { current: async () => 't0ken', forget: () => undefined }

describe('the sign-in at the relay', () => {
  test('is the password of its URL, or none where it names no user', () => {
    for (const url of ['smtp://desk:secret@relay.test:587', 'smtp://relay.test'])
      expect(relayLogin(url, tokens)).toEqual({ url })
  })

  test('is a token for a user without password, never in clear over a network', () => {
    const away = relayLogin('smtp://sos%40exeko.test@relay.test:587', tokens)
    expect(away).toMatchObject({
      url: 'smtp://relay.test:587',
      requireTLS: true,
      auth: { type: 'OAuth2', user: 'sos@exeko.test' },
    })
    expect(relayLogin('smtp://sos@127.0.0.1:2500', tokens)).toMatchObject({ requireTLS: false })
  })

  test('cannot be: a user without password, and nobody who gives tokens', () => {
    expect(() => relayLogin('smtp://sos@relay.test', null)).toThrow(StartFault)
  })

  test.each([
    [{ command: 'AUTH PLAIN', responseCode: 535 }, true],
    [{ command: 'AUTH XOAUTH2', responseCode: 454 }, false],
    [{ command: 'RCPT TO', responseCode: 550 }, false],
    [{ command: 'CONN' }, false],
  ])('%j is a refused sign-in: %s', (error, refused) => {
    expect(isLoginRefused(error)).toBe(refused)
  })
})
