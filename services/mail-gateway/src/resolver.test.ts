import { expect, test } from 'vitest'
import { createResolver } from './resolver.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })

test('an answer, and a no, are asked for once in five minutes, and once for all who ask at once', async () => {
  let asked = 0
  let at = 0
  const resolve = createResolver({
    now: () => at,
    resolve: async (name) => {
      asked += 1
      if (name === 'gone.test') throw coded('ENOTFOUND')
      return [['v=spf1 -all']]
    },
  })
  await Promise.all([1, 2, 3].map(() => resolve('Client.test', 'TXT')))
  expect(await resolve('client.test', 'TXT')).toEqual([['v=spf1 -all']])
  expect(asked).toBe(1)
  await expect(resolve('gone.test', 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  await expect(resolve('gone.test', 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  expect(asked).toBe(2)
  at = 5 * 60_000 + 1
  await resolve('client.test', 'TXT')
  expect(asked).toBe(3)
})

test('silence is a temporary error, soon, and the next one asks again', async () => {
  let asked = 0
  const resolve = createResolver({
    withinMs: 5,
    resolve: () => {
      asked += 1
      return asked === 1 ? new Promise(() => undefined) : Promise.resolve(['ok'])
    },
  })
  await expect(resolve('slow.test', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' })
  expect(await resolve('slow.test', 'TXT')).toEqual(['ok'])
})
