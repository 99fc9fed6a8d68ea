/** The floor of a durable mail: a bare smtp-server that writes each mail to a file and fsyncs it before 250. */
import { open } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

let count = 0
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, _session, done) => {
    void (async () => {
      const file = await open(`${process.argv[2]}/mail-${++count}`, 'w')
      for await (const chunk of stream) await file.write(chunk as Buffer)
      await file.sync()
      await file.close()
      done()
    })()
  },
})
server.listen(0, '127.0.0.1', () =>
  console.log(`ready smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`),
)
