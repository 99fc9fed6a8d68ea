/** The program of copy-process.ts: subscribes, says `ready`, then one line of JSON per event it handled. */
import { writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { openKafkaEvents } from '../kafka.ts'
import { openNatsEvents } from '../nats.ts'
import { numberOf } from './stage.ts'

const { url, consumer, subject } = JSON.parse(process.argv[2] ?? '') as Record<
  'url' | 'consumer' | 'subject',
  string
>
const open = url.startsWith('kafka:') ? openKafkaEvents : openNatsEvents
const { part: events } = await open({
  url,
  onRejected: (_consumer, error) => process.stderr.write(`${String(error)}\n`),
})
const now = () => performance.timeOrigin + performance.now()
// At once, not when the event loop comes to it: what was handled before a kill has been said.
const say = (line: string) => writeSync(1, `${line}\n`)

await events.subscribe({
  consumer,
  subjects: [subject],
  from: 'history',
  handle: async (event) => {
    const began = now()
    await pause(2)
    say(JSON.stringify({ key: event.key, n: numberOf(event), began, ended: now() }))
  },
})
say('ready')
