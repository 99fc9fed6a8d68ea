/** A real SMTP server that keeps what it is sent: the relay of our tests. */
import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { until } from './until.ts'

export interface SunkMail {
  mailFrom: string
  rcptTo: string[]
  raw: string
  mail: ParsedMail
}

export interface MailSink {
  readonly url: string
  readonly mails: readonly SunkMail[]
  waitFor: (what: string, which: (mail: SunkMail) => boolean) => Promise<SunkMail>
  /** The next answers to DATA: undefined takes the mail, a number refuses it with that code. */
  answer: (reply: (mail: SunkMail, attempt: number) => number | undefined) => void
  stop: () => Promise<void>
}

/** @param admits asks for a sign-in, and says whether it is the right one. */
export async function startMailSink(admits?: (user: string, password: string) => boolean): Promise<MailSink> {
  const mails: SunkMail[] = []
  let attempts = 0
  let reply: (mail: SunkMail, attempt: number) => number | undefined = () => undefined
  const server = new SMTPServer({
    authOptional: admits === undefined,
    allowInsecureAuth: true,
    disabledCommands: admits ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    onAuth: ({ username, password }, _session, done) => {
      if (admits?.(username ?? '', password ?? '')) done(null, { user: username })
      else done(Object.assign(new Error('authentication failed'), { responseCode: 535 }))
    },
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        const raw = Buffer.concat(chunks)
        const mail: SunkMail = {
          mailFrom: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          rcptTo: session.envelope.rcptTo.map(({ address }) => address),
          raw: raw.toString('utf8'),
          mail: await simpleParser(raw),
        }
        attempts += 1
        const code = reply(mail, attempts)
        if (code !== undefined) return done(Object.assign(new Error('not now'), { responseCode: code }))
        mails.push(mail)
        done()
      })()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    waitFor: (what, which) => until(what, () => mails.find(which)),
    answer: (next) => {
      reply = next
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
