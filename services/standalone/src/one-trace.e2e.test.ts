/**
 * One trace, across processes, from a customer's mail to the mails that come of it (spec/observability.md): real SMTP
 * in, seven processes over NATS and MongoDB, real SMTP out, the spans as a collector gets them.
 */
import { createApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { startSpanReceiver, type ReceivedSpan, type SpanReceiver } from '@guichet/testing/span-receiver'
import { until } from '@guichet/testing/until'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const SENDER = 'anne@delvaux.test'
const SUBJECT = 'Imprimante en panne'

let product: Product
let sink: MailSink
let receiver: SpanReceiver
/** Of the one delivery by SMTP. */
let trace: () => readonly ReceivedSpan[]

beforeAll(async () => {
  sink = await startMailSink()
  receiver = await startSpanReceiver()
  product = await startProduct('distributed', {
    ...receiver.environment,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SMTP_RELAY_URL: sink.url,
    SUPPORT_ADDRESS: 'sos@exeko.test',
    REQUIRE_AUTHENTICATED_SENDERS: 'false',
  })
  const admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  const company = await admin.post('/companies', { name: 'Boulangerie Delvaux' })
  const person = await admin.post(`/companies/${company.body['id']}/accounts`, {
    email: SENDER,
    name: 'Anne Lambert',
    roles: ['customer'],
    language: 'fr',
  })
  expect(person.status).toBe(201)
  await sink.waitFor('the welcome mail', ({ rcptTo }) => rcptTo[0] === SENDER)

  const transport = createTransport({ host: '127.0.0.1', port: product.smtpPort, ignoreTLS: true })
  // A stranger's trace context must not become ours.
  const traceparent = '00-11111111111111111111111111111111-2222222222222222-01'
  await transport.sendMail({
    from: SENDER,
    to: 'sos@exeko.test',
    subject: SUBJECT,
    text: 'Le voyant clignote.',
    headers: { traceparent },
  })
  transport.close()

  const delivery = await until('the span of the delivery', () =>
    receiver.spans.find(({ name }) => name === 'SMTP DATA'),
  )
  trace = () => receiver.spans.filter(({ traceId }) => traceId === delivery.traceId)
  // Both mails: the receipt to the customer, the word to support.
  await until('the spans of both mails sent', () => named('send mail').length === 2, { timeoutMs: 60_000 })
  await until('what was said of them', () => named('publish mail.sent').length === 2, { timeoutMs: 60_000 })
  await until('the parent of every span', () =>
    trace().every((span) => span.parentSpanId === undefined || parentOf(span)),
  )
})

afterAll(async () => {
  expect(await product.stop()).toBe(0)
  await product.remove()
  await receiver.stop()
  await sink.stop()
})

const named = (name: string) => trace().filter((span) => span.name === name)

const parentOf = ({ parentSpanId }: ReceivedSpan) => trace().find(({ spanId }) => spanId === parentSpanId)

/** The chain of a span, from itself up to the root, as `service: name`. */
function chainOf(span: ReceivedSpan): string[] {
  const chain: string[] = []
  for (let at: ReceivedSpan | undefined = span; at; at = parentOf(at)) chain.push(`${at.service}: ${at.name}`)
  return chain
}

test('each mail sent goes back, parent by parent, to the delivery of the mail it came of', () => {
  for (const sent of named('send mail')) {
    expect(chainOf(sent)).toEqual([
      'guichet-mail-gateway: send mail',
      'guichet-mail-gateway: process mail.requested',
      'guichet-notification: process ticket.opened',
      'guichet-ticket: process mail.accepted',
      'guichet-mail-gateway: process mail.received',
      'guichet-mail-gateway: SMTP DATA',
    ])
  }
})

test('every event on the way is published as a child of the work that recorded it', () => {
  const above = (name: string) => [...new Set(named(name).map((span) => chainOf(span)[1]))]
  expect(above('publish mail.received')).toEqual(['guichet-mail-gateway: SMTP DATA'])
  expect(above('publish mail.accepted')).toEqual(['guichet-mail-gateway: process mail.received'])
  expect(above('publish ticket.opened')).toEqual(['guichet-ticket: process mail.accepted'])
  expect(above('publish mail.requested')).toEqual(['guichet-notification: process ticket.opened'])
  expect(above('publish mail.sent')).toEqual(['guichet-mail-gateway: send mail'])
  for (const { name, kind } of trace()) {
    if (name.startsWith('publish ')) expect([name, kind]).toEqual([name, 4])
    if (name.startsWith('process ')) expect([name, kind]).toEqual([name, 5])
  }
})

test('a question between services is answered in the trace of who asked, in another process', () => {
  const answers = trace().filter(({ name }) => name.startsWith('answer '))
  expect(answers.length).toBeGreaterThan(0)
  for (const answer of answers) {
    const asked = parentOf(answer)
    expect(asked?.name).toBe(answer.name.replace('answer ', 'ask '))
    expect([answer.kind, asked?.kind]).toEqual([2, 3])
    expect(asked?.service).not.toBe(answer.service)
  }
})

test('the trace is ours from its first span on: what the sender wrote is no parent', () => {
  const roots = trace().filter(({ parentSpanId }) => parentSpanId === undefined)
  expect(roots.map(({ name, kind }) => [name, kind])).toEqual([['SMTP DATA', 2]])
  expect(receiver.spans.some(({ traceId }) => traceId === '1'.repeat(32))).toBe(false)
  expect(trace().some(({ failed }) => failed)).toBe(false)
})

test('spans name the engine and hold nothing personal', () => {
  for (const { name, attributes } of trace()) {
    if (/^(publish|process) /.test(name)) expect(attributes['messaging.system.name']).toBe('nats')
  }
  const everything = JSON.stringify(receiver.spans)
  for (const personal of [SENDER, SUBJECT, ADMIN.email, 'Anne', 'Delvaux', 'voyant']) {
    expect(everything).not.toContain(personal)
  }
})
