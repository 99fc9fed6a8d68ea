import { createHttpServer } from '@guichet/http'
import { expect, test } from 'vitest'
import { pendingOf, setPending } from './pending-cookie.ts'

const PENDING = { secret: 'eyJhbGciOiJkaXIifQ..iv.text.tag', expiresAt: '2026-11-27T10:10:00.000Z' }

async function door(secure: boolean) {
  const app = await createHttpServer({ publicUrl: 'https://desk.exeko.test', onDefect: () => {} })
  app.get('/set', (_request, reply) => {
    setPending(reply, PENDING, secure)
    return reply.send()
  })
  app.get('/end', (_request, reply) => {
    setPending(reply, null, secure)
    return reply.send()
  })
  app.get('/said', (request) => ({ said: pendingOf(request, secure) ?? null }))
  return app
}

test('over HTTPS it is the host’s own and sent over HTTPS alone; no script reads it, and it ends with its word', async () => {
  const app = await door(true)
  const { cookies } = await app.inject('/set')
  expect(cookies).toEqual([
    {
      name: '__Host-guichet_pending',
      value: PENDING.secret,
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      expires: new Date(PENDING.expiresAt),
    },
  ])
  const said = async (name: string) =>
    (await app.inject({ url: '/said', cookies: { [name]: PENDING.secret } })).json<{ said: string | null }>()
      .said
  expect(await said('__Host-guichet_pending')).toBe(PENDING.secret)
  expect(await said('guichet_pending'), 'one that another site could have written').toBeNull()
  const [ended] = (await app.inject('/end')).cookies
  expect(ended).toMatchObject({ name: '__Host-guichet_pending', value: '' })
  await app.close()
})

test('over plain HTTP, on one’s own machine, it is a cookie still', async () => {
  const app = await door(false)
  expect((await app.inject('/set')).cookies).toMatchObject([{ name: 'guichet_pending', httpOnly: true }])
  await app.close()
})
