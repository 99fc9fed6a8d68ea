/** A copy of a consumer as a process of its own, that can be killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Handled } from './stage.ts'

/** In milliseconds since the epoch, by the clock that all processes of a machine share. */
export type HandledElsewhere = Handled & { began: number; ended: number }

export interface Copy {
  readonly handled: readonly HandledElsewhere[]
  kill(): Promise<void>
}

/** Resolves when it has subscribed. */
export async function startCopy(parts: { url: string; consumer: string; subject: string }): Promise<Copy> {
  const program = fileURLToPath(new URL('./copy-program.ts', import.meta.url))
  const child = spawn(process.execPath, [program, JSON.stringify(parts)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const handled: HandledElsewhere[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') resolve()
      else handled.push(JSON.parse(line) as HandledElsewhere)
    })
    child.on('exit', () => reject(new Error('the copy ended before it was ready')))
  })
  return {
    handled,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
