/**
 * A bare smtp-server. With a folder, the floor of a durable mail: each is written to a file there and fsynced before 250;
 * without, the floor of the protocol alone: it drops what it gets.
 */
import { open } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

const folder = process.argv[2]
let count = 0
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, _session, done) => {
    if (folder === undefined) {
      stream.resume()
      stream.on('end', () => done())
      return
    }
    void (async () => {
      const file = await open(`${folder}/mail-${++count}`, 'w')
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
