/** A name server (RFC 1035, over UDP) that answers from the records of a test, and the resolver that asks it. */
import { createSocket } from 'node:dgram'
import { promises as dns } from 'node:dns'
import { once } from 'node:events'
import { createResolver, type Resolve } from '../resolver.ts'
import type { Records } from './dns-of.ts'

const HEADER_BYTES = 12
const TYPES: Record<number, string> = { 1: 'A', 15: 'MX', 16: 'TXT', 28: 'AAAA' }
/** Authoritative answer, and RD as it came (c-ares asks for it). */
const ANSWER = 0x8580
const NO_SUCH_NAME = 3
const TTL_SECONDS = 60

export interface NameServer {
  resolve: Resolve
  /** `TXT client.test`, as asked over the wire. */
  asked: string[]
  stop: () => void
}

/** What is 'silent' is never answered. A and TXT are served. */
export async function startNameServer(records: Records): Promise<NameServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, from) => {
    const { name, type, end } = questionOf(query)
    asked.push(`${type} ${name}`)
    const found = records[`${type} ${name}`]
    if (found === 'silent') return
    const isKnown = Object.keys(records).some((key) => key.split(' ')[1] === name)
    const answers = (found ?? []).map((value) => answerOf(query.readUInt16BE(end - 4), type, value))
    const header = Buffer.alloc(HEADER_BYTES)
    header.writeUInt16BE(query.readUInt16BE(0), 0)
    header.writeUInt16BE(ANSWER | (isKnown ? 0 : NO_SUCH_NAME), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(answers.length, 6)
    socket.send(
      Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers]),
      from.port,
      from.address,
    )
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const client = new dns.Resolver({ timeout: 1000, tries: 1 })
  client.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    asked,
    resolve: createResolver({ withinMs: 200, resolve: (name, type) => client.resolve(name, type) }),
    stop: () => {
      client.cancel()
      socket.close()
    },
  }
}

function questionOf(query: Buffer): { name: string; type: string; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return {
    name: labels.join('.').toLowerCase(),
    type: TYPES[query.readUInt16BE(at + 1)] ?? 'other',
    end: at + 5,
  }
}

function answerOf(type: number, name: string, value: string): Buffer {
  const data =
    name === 'A'
      ? Buffer.from(value.split('.').map(Number))
      : Buffer.concat(
          (value.match(/.{1,255}/gs) ?? []).map((part) =>
            Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')]),
          ),
        )
  const head = Buffer.alloc(12)
  // The name is that of the question.
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(TTL_SECONDS, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
