import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('one after the other, in their order, whatever becomes of those before', async () => {
  const turns = createTurns()
  const said: string[] = []
  const work =
    (name: string, fails = false) =>
    async () => {
      said.push(`${name} begins`)
      await Promise.resolve()
      said.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
  const results = await Promise.allSettled([turns(work('a')), turns(work('b', true)), turns(work('c'))])
  expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
