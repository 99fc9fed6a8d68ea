import { parentPort } from 'node:worker_threads'
import type { ParsedMail } from './parsed-mail.ts'
import { readMail } from './read-mail.ts'

parentPort?.on('message', ({ id, raw }: { id: number; raw: Uint8Array }) => {
  readMail(raw).then(
    (mail) => parentPort?.postMessage({ id, mail }, ownedBy(mail)),
    (error: unknown) =>
      parentPort?.postMessage({ id, error: error instanceof Error ? error.name : 'unreadable' }),
  )
})

/** Contents of files that are handed over as they are; the others, that share their memory, are copied. */
function ownedBy({ attachments }: ParsedMail): ArrayBuffer[] {
  const whole = attachments.flatMap(({ bytes: { buffer, byteLength } }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0 ? [buffer] : [],
  )
  return [...new Set(whole)]
}

parentPort?.postMessage({})
