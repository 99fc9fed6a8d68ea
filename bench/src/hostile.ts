/** Mails made to break their reader: how long each takes to its outcome, and how the portal answers beside all of them. */
import { setTimeout as pause } from 'node:timers/promises'
import { HOSTILE_MAILS } from '@guichet/testing/hostile-mails'
import { until } from '@guichet/testing/until'
import { openDesk, SENDER, SUPPORT, type Desk } from './desk.ts'
import { sendMails } from './mail-load.ts'
import { heading, print, quantile } from './report.ts'

const ROUNDS = 3

export async function benchHostile(): Promise<void> {
  heading('Hostile mails: from 250 to an outcome, and the portal beside them')
  const desk = await openDesk()
  await send(desk, ['premier'], () => ordinary('premier'))
  await allHaveEnded(desk)
  const calm = await askPortalWhile(desk, () => pause(3000))
  for (const [name, [raw]] of Object.entries(HOSTILE_MAILS)) {
    await send(desk, [name], raw)
    const began = performance.now()
    await allHaveEnded(desk)
    print({ what: name, value: performance.now() - began, unit: 'ms' })
  }
  const beside = await askPortalWhile(desk, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const names = Object.keys(HOSTILE_MAILS).map((name) => `${name}-${round}`)
      await send(desk, names, (name) => HOSTILE_MAILS[name.replace(/-\d+$/, '')]?.[0](name) ?? '')
      await allHaveEnded(desk)
    }
  })
  for (const [q, name] of [
    [0.5, 'p50'],
    [0.99, 'p99'],
  ] as const) {
    const floor = quantile(calm, q)
    print({
      what: `the queue's page beside all at once: ${name}`,
      value: quantile(beside, q),
      unit: 'ms',
      floor,
      floorName: 'nothing beside it',
    })
  }
  await desk.product.remove()
}

const ordinary = (name: string) =>
  `From: ${SENDER}\r\nTo: ${SUPPORT}\r\nSubject: ${name}\r\nMessage-ID: <${name}@delvaux.test>\r\n\r\nBonjour`

/** All at once, each over its own connection. */
async function send(
  { product }: Desk,
  names: readonly string[],
  raw: (name: string) => string,
): Promise<void> {
  await sendMails({
    port: product.smtpPort,
    connections: names.length,
    count: names.length,
    keepOpen: false,
    // A line that is a dot alone would end the mail.
    mail: (index) => ({ from: SENDER, to: SUPPORT, raw: raw(names[index] ?? '').replace(/^\./gm, '..') }),
  })
}

function allHaveEnded({ admin }: Desk): Promise<unknown> {
  return until(
    'all have an outcome',
    async () => (await admin.get('/mail/ledger?limit=1')).body['totals']?.['pending'] === 0,
    { timeoutMs: 120_000 },
  )
}

/** Milliseconds of each answer, one asked after the other, as a person who works would at the most. */
async function askPortalWhile({ product, admin }: Desk, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  let isOver = false
  const working = work().finally(() => {
    isOver = true
  })
  while (!isOver) {
    const began = performance.now()
    const answer = await fetch(`${product.url}/tickets`, { headers: { cookie: admin.cookie } })
    await answer.text()
    if (answer.status !== 200) throw new Error(`the portal answered ${answer.status}`)
    times.push(performance.now() - began)
    await pause(20)
  }
  await working
  return times
}
