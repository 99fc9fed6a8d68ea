/** Callers that keep connections busy for a while; every answer must be the one asked for. */
import { Agent, request } from 'node:http'

export interface Shot {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
  expect: number
}

export interface LoadResult {
  perSecond: number
  /** Milliseconds, one per answer. */
  latencies: number[]
}

/** `connections` callers, each with one request under way, for `seconds`; or for `count` requests in all. */
export async function load(
  url: string,
  next: (index: number) => Shot,
  options: { connections: number; seconds?: number; count?: number },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections })
  const latencies: number[] = []
  const began = performance.now()
  const until = options.seconds === undefined ? Infinity : began + options.seconds * 1000
  let index = 0
  const caller = async () => {
    while (performance.now() < until && index < (options.count ?? Infinity)) {
      const shot = next(index++)
      const started = performance.now()
      await fire(agent, url, shot)
      latencies.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: options.connections }, caller))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return { perSecond: latencies.length / seconds, latencies }
}

function fire(agent: Agent, url: string, { method, path, headers, body, expect }: Shot): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { agent, method, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => {
        if (answer.statusCode !== expect) text += chunk.toString()
      })
      answer.on('end', () => {
        if (answer.statusCode === expect) resolve()
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
