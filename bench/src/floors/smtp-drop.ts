/** The floor of the protocol alone: a bare smtp-server that drops what it gets. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, _session, done) => {
    stream.on('end', () => done())
    stream.resume()
  },
})
server.listen(0, '127.0.0.1', () =>
  console.log(`ready smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`),
)
