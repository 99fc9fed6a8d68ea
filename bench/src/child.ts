/** A process of ours for the length of a measurement. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Child {
  url: string
  stop: () => Promise<void>
}

export async function startChild(script: string, args: string[]): Promise<Child> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of child.stdout) {
    const url = /^ready (\S+)/m.exec(String(chunk))?.[1]
    if (url) {
      return {
        url,
        stop: async () => {
          child.kill('SIGKILL')
          await once(child, 'exit')
        },
      }
    }
  }
  throw new Error(`${script} did not start`)
}
