/** Senders that write SMTP by hand, so that what is measured is the server. */
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface MailOptions {
  port: number
  connections: number
  count: number
  /** One connection for all of a sender's mails, or one each. */
  keepOpen: boolean
  mail: (index: number) => { from: string; to: string; raw: string }
  /** Right after its 250; the sender's next mail waits for it. */
  afterEach?: (index: number) => Promise<void>
}

/** Mails acknowledged with 250 per second. */
export async function sendMails({
  port,
  connections,
  count,
  keepOpen,
  mail,
  afterEach,
}: MailOptions): Promise<number> {
  let index = 0
  const began = performance.now()
  const sender = async () => {
    let session: Session | undefined
    while (index < count) {
      const own = index++
      const { from, to, raw } = mail(own)
      session ??= await openSession(port)
      await session.say(`MAIL FROM:<${from}>`, 250)
      await session.say(`RCPT TO:<${to}>`, 250)
      await session.say('DATA', 354)
      await session.say(`${raw}\r\n.`, 250)
      await afterEach?.(own)
      if (!keepOpen) {
        await session.say('QUIT', 221)
        session.end()
        session = undefined
      }
    }
    session?.end()
  }
  await Promise.all(Array.from({ length: connections }, sender))
  return count / ((performance.now() - began) / 1000)
}

interface Session {
  say: (line: string, expect: number) => Promise<void>
  end: () => void
}

async function openSession(port: number): Promise<Session> {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  async function reply(expect: number): Promise<void> {
    for (;;) {
      const { value, done } = (await lines.next()) as { value: string; done?: boolean }
      if (done) throw new Error('the server hung up')
      if (value[3] === '-') continue
      if (!value.startsWith(String(expect))) throw new Error(`expected ${expect}, got ${value}`)
      return
    }
  }
  await reply(220)
  const say = async (line: string, expect: number) => {
    socket.write(`${line}\r\n`)
    await reply(expect)
  }
  await say('EHLO bench.test', 250)
  return { say, end: () => socket.end() }
}
