/** The floor of a durable create: a bare fastify route that commits one row to SQLite FULL, waiting callers together. */
import { DatabaseSync } from 'node:sqlite'
import Fastify from 'fastify'

const db = new DatabaseSync(`${process.argv[2]}/floor.sqlite`)
db.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT)',
)
const insert = db.prepare('INSERT INTO rows (body) VALUES (?)')
let waiting: { body: string; done: () => void }[] = []

function flush(): void {
  const group = waiting
  waiting = []
  db.exec('BEGIN IMMEDIATE')
  for (const { body } of group) insert.run(body)
  db.exec('COMMIT')
  for (const { done } of group) done()
}

const app = Fastify()
app.get('/empty', () => ({}))
app.post('/rows', async (request, reply) => {
  await new Promise<void>((done) => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push({ body: JSON.stringify(request.body), done })
  })
  return reply.code(201).send({})
})
console.log(`ready ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
