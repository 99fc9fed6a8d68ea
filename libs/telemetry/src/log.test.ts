import { expect, it } from 'vitest'
import { createLog } from './log.ts'

async function logged(
  write: (log: Awaited<ReturnType<typeof createLog>>) => void,
): Promise<Record<string, unknown>[]> {
  const lines: string[] = []
  const log = await createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  write(log)
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

it('writes one JSON line with level, time and facts', async () => {
  const [line] = await logged((log) => {
    log.debug('unseen')
    log.child({ service: 'ticket' }).info({ count: 3 }, 'swept')
  })
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    service: 'ticket',
    count: 3,
    msg: 'swept',
  })
})

it('an error keeps its stack and loses the addresses in it', async () => {
  const error = new Error('sender-addresses/anne.o+x@mail.example.be is not at version 3')
  const [line] = await logged((log) => log.error({ err: error }, 'failed'))
  expect(line?.['err']).toMatchObject({
    type: 'Error',
    message: 'sender-addresses/[address] is not at version 3',
    stack: expect.stringContaining('log.test.ts'),
  })
  expect(JSON.stringify(line)).not.toContain('anne')
})
