/** `npm run bench` measures all; `npm run bench -- creates mail` some; `--small` leaves the 200,000 tickets out, and nine in ten clients; `mail --kind=html` is one kind of mail. */
import { cpus } from 'node:os'
import { benchBilling } from './billing.ts'
import { benchCreates } from './creates.ts'
import { benchEvents } from './events.ts'
import { benchHostile } from './hostile.ts'
import { benchMail } from './mail.ts'
import { benchReads } from './reads.ts'
import { benchStartUp } from './start-up.ts'

const args = process.argv.slice(2)
const sizes = args.includes('--small') ? [1000, 20_000] : [1000, 20_000, 200_000]
const all: Record<string, () => Promise<void>> = {
  'start-up': benchStartUp,
  creates: benchCreates,
  mail: () => benchMail(args.find((arg) => arg.startsWith('--kind='))?.slice('--kind='.length)),
  hostile: benchHostile,
  events: benchEvents,
  reads: () => benchReads(sizes),
  billing: () => (args.includes('--small') ? benchBilling(100, 50) : benchBilling(1000, 50)),
}
const chosen = args.filter((arg) => !arg.startsWith('--'))
for (const name of chosen)
  if (!all[name]) throw new Error(`bench: ${Object.keys(all).join(', ')}, not ${name}`)

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`)
for (const [name, run] of Object.entries(all)) if (chosen.length === 0 || chosen.includes(name)) await run()
