import { parentPort } from 'node:worker_threads'
import { readMail } from './read-mail.ts'

parentPort?.on('message', ({ id, raw }: { id: number; raw: Uint8Array }) => {
  readMail(raw).then(
    (mail) => parentPort?.postMessage({ id, mail }),
    (error: unknown) =>
      parentPort?.postMessage({ id, error: error instanceof Error ? error.name : 'unreadable' }),
  )
})

parentPort?.postMessage({})
