/** Mails a second until they are tickets, beside a server that only writes and fsyncs them. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '@guichet/testing/until'
import { startChild } from './child.ts'
import { openDesk, SENDER, SUPPORT } from './desk.ts'
import { sendMails } from './mail-load.ts'
import { heading, print } from './report.ts'

const TEXT = 'Bonjour,\r\n\r\nL’imprimante du deuxième étage ne répond plus depuis ce matin.\r\n'.repeat(24)
let unique = 0

function mail() {
  const id = ++unique
  const raw = [
    `From: Anne <${SENDER}>`,
    `To: ${SUPPORT}`,
    `Subject: Panne ${id}`,
    `Message-ID: <bench-${id}@delvaux.test>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    TEXT,
  ].join('\r\n')
  return { from: SENDER, to: SUPPORT, raw }
}

export async function benchMails(): Promise<void> {
  heading('Mails (2 KB text) to tickets: all accepted mails are tickets, notifications and receipts written')
  const folder = await mkdtemp(join(tmpdir(), 'guichet-floor-'))
  const floor = await startChild(fileURLToPath(new URL('./floors/smtp-fsync.ts', import.meta.url)), [folder])
  const floorPort = Number(floor.url.split(':').at(-1))
  const desk = await openDesk()
  for (const keepOpen of [true, false]) {
    for (const connections of [1, 4, 16]) {
      const count = keepOpen ? 100 * Math.min(8, connections + 1) : 60 * connections
      const bare = await sendMails({ port: floorPort, connections, count, keepOpen, mail })
      const began = performance.now()
      const accepted = await sendMails({ port: desk.product.smtpPort, connections, count, keepOpen, mail })
      await until(
        'all are tickets',
        async () => (await desk.admin.get('/mail/ledger?limit=1')).body['totals']?.['pending'] === 0,
        { timeoutMs: 120_000 },
      )
      const perSecond = count / ((performance.now() - began) / 1000)
      const how = `${connections} connections, ${keepOpen ? 'kept open' : 'one per mail'}`
      print({
        what: `mails/s to tickets, ${how}`,
        value: perSecond,
        unit: '/s',
        floor: bare,
        floorName: 'smtp-server, write + fsync',
      })
      print({
        what: '  accepted (250 after fsync)',
        value: accepted,
        unit: '/s',
        floor: bare,
        floorName: 'the same',
      })
    }
  }
  await desk.product.remove()
  await floor.stop()
}
