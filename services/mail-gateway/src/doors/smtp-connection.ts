/** smtp-server waits 100 ms before its banner to catch early talkers: ten mails a second for who sends one a connection. */
import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'

interface Ready {
  _setListeners(callback: () => void): void
  connectionReady(): void
  send(code: number, text: string, context: false): void
}

class PromptConnection extends SMTPConnection {
  override init(): void {
    const self = this as unknown as Ready & {
      _server: { options: SMTPServerOptions; connections: Set<unknown> }
      name: string
    }
    self._setListeners(() => {
      const { maxClients } = self._server.options
      if (maxClients && self._server.connections.size > maxClients)
        self.send(421, '4.3.2 Too many connections, try again later', false)
      else self.connectionReady()
    })
  }
}

interface Hooks {
  _onError(error: Error): void
  _onClientConnect(data: unknown): void
}

export class PromptSmtpServer extends SMTPServer {
  override connect(socket: Socket, socketOptions?: object): void {
    const hooks = this as unknown as Hooks
    const connection = new PromptConnection(this as never, socket as never, socketOptions as never)
    this.connections.add(connection)
    connection.on('error', (error: Error) => hooks._onError(error))
    connection.on('connect', (data: unknown) => hooks._onClientConnect(data))
    connection.init()
  }
}
