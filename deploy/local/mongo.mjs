/**
 * MongoDB's wire protocol from mongo-java-server: no mongod can be had without Docker or a download. Atomic updates,
 * unique indexes, GridFS; no transactions, no $text. Its file is not durable at kill -9: that is the real server's to show.
 */
import { mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { has, installed, installJars, run, ServerUnavailable } from './servers.mjs'
import { freePort, startServer } from './start.mjs'

const VERSION = '1.47.0'
const MAIN = join(dirname(fileURLToPath(import.meta.url)), 'mongo-stand-in', 'Main.java')

async function install(folder) {
  if (!(await has('java')) || !(await has('mvn')))
    throw new ServerUnavailable('the MongoDB stand-in needs Java and Maven')
  await installJars(folder, [
    ['de.bwaldvogel', 'mongo-java-server', VERSION],
    ['de.bwaldvogel', 'mongo-java-server-h2-backend', VERSION],
  ])
  await run('javac', ['-cp', join(folder, 'jars', '*'), '-d', join(folder, 'classes'), MAIN])
}

export async function startMongo({ dataDir, port }) {
  const folder = await installed(`mongo-stand-in-${VERSION}`, install)
  const own = port ?? (await freePort())
  mkdirSync(dataDir, { recursive: true })
  const launch = () => ({
    command: 'java',
    args: [
      '-Xmx512m',
      '-cp',
      [join(folder, 'classes'), join(folder, 'jars', '*')].join(delimiter),
      'Main',
      String(own),
      join(dataDir, 'mongo.h2'),
    ],
  })
  const server = await startServer({ name: 'the MongoDB stand-in', port: own, launch })
  return { ...server, url: `mongodb://127.0.0.1:${own}/guichet` }
}
