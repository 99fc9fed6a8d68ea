/**
 * The month's end of a big house: a run over many companies, then every draft issued with its PDF and UBL. Each invoice
 * has as many lines as its company had work; the process's memory is read from the system while it goes on.
 */
import { createApiClient } from '@guichet/testing/api-client'
import { startProduct } from '@guichet/testing/product'
import { startChild } from './child.ts'
import { headersOf } from './desk.ts'
import { load } from './load.ts'
import { watchMemory } from './memory.ts'
import { processorTime } from './processor.ts'
import { heading, print, quantile } from './report.ts'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MONTH = { from: '2026-01-01', to: '2026-01-31' }
const RATE = { kind: 'Support', unit: 'hour', price: '90.00', vatRate: '21' }
const SELLER = {
  name: 'Exeko',
  legalName: 'Exeko Services',
  legalForm: 'SRL',
  vatNumber: 'BE0403019261',
  enterpriseNumber: '0403019261',
  registry: 'RPM Brabant wallon',
  address: { street: 'Chaussée de Louvain 431', zip: '1380', city: 'Lasne', country: 'BE' },
  iban: 'BE68539007547034',
}
const ADDRESS = { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' }

export async function benchBilling(companies: number, perCompany: number): Promise<void> {
  heading(`A month's end: ${companies} companies, ${companies * perCompany} prestations`)
  const product = await startProduct('start', {
    ADMIN_EMAIL: 'luc@exeko.test',
    ADMIN_PASSWORD: 'Guichet-Desk-42',
    LOG_LEVEL: 'error',
  })
  const admin = createApiClient(product.url)
  await admin.signIn('luc@exeko.test', 'Guichet-Desk-42')
  await admin.put('/settings/seller', SELLER)
  const headers = headersOf(admin.cookie)
  const tickets = await Promise.all(Array.from({ length: 16 }, (_, lane) => openLane(lane)))

  /** One company in sixteen each: its contract, its person, its ticket. */
  async function openLane(lane: number): Promise<number[]> {
    const numbers: number[] = []
    for (let at = lane; at < companies; at += 16) {
      const name = `Client ${String(at).padStart(4, '0')}`
      const company = await admin.post('/companies', {
        name,
        legalName: name,
        address: ADDRESS,
        enterpriseNumber: numberOf(at),
      })
      const id = String(company.body['id'])
      await admin.put(`/companies/${id}/contract`, { rates: [RATE], buyerReference: `BC-${at}` })
      const person = await admin.post(`/companies/${id}/accounts`, {
        email: `p${at}@client.test`,
        name,
        roles: ['customer'],
      })
      const requesterId = String(person.body['id'])
      const ticket = await admin.post('/tickets', {
        subject: 'Entretien',
        description: 'Mensuel',
        requesterId,
        via: 'phone',
      })
      numbers.push(Number(ticket.body['number']))
    }
    return numbers
  }

  const all = tickets.flat()
  const logged = await load(
    product.url,
    (index) => ({
      method: 'POST',
      path: `/api/v1/tickets/${all[index % all.length]}/prestations`,
      headers,
      body: JSON.stringify({
        workedOn: `2026-01-${String(1 + (index % 28)).padStart(2, '0')}`,
        minutes: 15 + (index % 90),
        kind: 'Support',
        description: `Contrôle des sauvegardes et mise à jour du poste ${index}`,
      }),
      expect: 201,
    }),
    { connections: 16, count: companies * perCompany },
  )
  print({ what: 'prestations/s logged, 16 connections', value: logged.perSecond, unit: '/s' })

  const memory = watchMemory(product.processId())
  const began = performance.now()
  let run = (await admin.post('/invoice-runs', MONTH)).body
  while (run['state'] !== 'done') {
    await new Promise((resolve) => setTimeout(resolve, 250))
    run = (await admin.get(`/invoice-runs/${String(run['id'])}`)).body
  }
  const drafts = [...run['drafts']].map(({ id }) => String(id))
  print({ what: 'drafts/s', value: drafts.length / seconds(began), unit: '/s' })

  const floor = await startChild(fileURLToPath(new URL('./floors/http-commit.ts', import.meta.url)), [
    await mkdtemp(join(tmpdir(), 'guichet-floor-')),
  ])
  const bare = await load(
    floor.url,
    () => ({
      method: 'POST',
      path: '/rows',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      expect: 201,
    }),
    { connections: 8, seconds: 3 },
  )
  await floor.stop()
  const before = await processorTime(product.processId())
  const issued = await load(
    product.url,
    (index) => ({ method: 'POST', path: `/api/v1/invoices/${drafts[index]}/issue`, headers, expect: 200 }),
    { connections: 8, count: drafts.length },
  )
  print({
    what: `issued/s with PDF and UBL, ${perCompany} lines, 8 connections`,
    value: issued.perSecond,
    unit: '/s',
    floor: bare.perSecond,
    floorName: 'fastify + one row, group commit',
  })
  print({ what: '  p99 of an issue', value: quantile(issued.latencies, 0.99), unit: 'ms' })
  const after = await processorTime(product.processId())
  const each = (spent: number) => spent / drafts.length
  print({
    what: '  processor time of an issue, all threads',
    value: each(after.all - before.all),
    unit: 'ms',
  })
  print({ what: '    of the thread that answers', value: each(after.first - before.first), unit: 'ms' })
  const resident = await memory.stop()
  print({ what: 'resident before, at the most, after', value: resident.before, unit: 'MiB' })
  print({ what: '', value: resident.peak, unit: 'MiB' })
  print({ what: '', value: resident.after, unit: 'MiB' })
  await product.remove()
}

const seconds = (since: number) => (performance.now() - since) / 1000

/** Ten digits whose last two are 97 − (the first eight mod 97). */
function numberOf(index: number): string {
  const base = 4_000_000 + index
  return `0${String(base)}${String(97 - (base % 97)).padStart(2, '0')}`
}
