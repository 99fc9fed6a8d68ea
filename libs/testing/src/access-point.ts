/**
 * A stand-in for a Peppol access point, over real HTTP: who is on the network, what was taken, how far it is. It can be
 * away, lose an answer after taking the document, refuse, and it remembers keys as a good one does.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TakenDocument {
  id: string
  key: string
  recipient: string
  sender: string
  xml: string
  state: 'accepted' | 'sent' | 'delivered' | 'failed'
  detail: string | null
}

export interface StandInAccessPoint {
  readonly url: string
  readonly token: string
  /** Participants that take invoices. */
  readonly receivers: Set<string>
  readonly documents: TakenDocument[]
  /** Every call, as `POST /documents`. */
  readonly calls: string[]
  /** The next calls that hand over a document go this way; then all is well again. */
  readonly next: ('away' | 'answer-lost' | 'busy' | { refuse: string })[]
  /** False: nobody answers at all. */
  open: boolean
  stop(): Promise<void>
}

export async function startAccessPoint(): Promise<StandInAccessPoint> {
  const token = 'stand-in-token'
  const receivers = new Set<string>()
  const documents: TakenDocument[] = []
  const calls: string[] = []
  const next: StandInAccessPoint['next'] = []

  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`)
    answer(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!point.open) return void request.socket.destroy()
    if (request.headers.authorization !== `Bearer ${token}`) return say(response, 401, {})
    const [, kind = '', name = ''] = (request.url ?? '').split('/').map(decodeURIComponent)
    if (request.method === 'GET' && kind === 'participants') {
      return receivers.has(name) ? say(response, 200, { receives: true }) : say(response, 404, {})
    }
    if (request.method === 'GET' && kind === 'documents') {
      const document = documents.find(({ id }) => id === name)
      return document
        ? say(response, 200, { state: document.state, detail: document.detail })
        : say(response, 404, {})
    }
    if (request.method !== 'POST' || kind !== 'documents') return say(response, 405, {})
    return take(request, response)
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const fate = next.shift()
    if (fate === 'away') return void request.socket.destroy()
    if (fate === 'busy') return say(response, 503, {})
    if (typeof fate === 'object') return say(response, 422, { detail: fate.refuse })
    const header = (name: string) => String(request.headers[name] ?? '')
    const key = header('idempotency-key')
    let document = documents.find((one) => one.key === key)
    if (!document) {
      document = {
        id: `doc-${documents.length + 1}`,
        key,
        recipient: header('x-recipient'),
        sender: header('x-sender'),
        xml: Buffer.concat(chunks).toString('utf8'),
        state: 'accepted',
        detail: null,
      }
      documents.push(document)
    }
    if (fate === 'answer-lost') return void request.socket.destroy()
    say(response, 202, { id: document.id })
  }

  const point: StandInAccessPoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    receivers,
    documents,
    calls,
    next,
    open: true,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return point
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
