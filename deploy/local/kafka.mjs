/** One Kafka in KRaft mode. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { has, installed, installJars, run, ServerUnavailable } from './servers.mjs'
import { freePort, startServer } from './start.mjs'

const VERSION = '4.1.0'
const CLUSTER = '4L6g3nShT-eMCtK--X86sw'

async function install(folder) {
  if (!(await has('java')) || !(await has('mvn'))) throw new ServerUnavailable('Kafka needs Java and Maven')
  await installJars(folder, [
    ['org.apache.kafka', 'kafka_2.13', VERSION],
    ['org.slf4j', 'slf4j-nop', '1.7.36'],
  ])
}

export async function startKafka({ dataDir, port }) {
  const folder = await installed(`kafka-${VERSION}`, install)
  const [own, controller] = [port ?? (await freePort()), await freePort()]
  mkdirSync(dataDir, { recursive: true })
  const logs = join(dataDir, 'kafka-logs')
  const config = join(dataDir, 'server.properties')
  writeFileSync(
    config,
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${own},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${own}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=${logs}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
log.flush.interval.messages=1
auto.create.topics.enable=false
`,
  )
  const java = ['-Xmx512m', '-cp', join(folder, 'jars', '*')]
  if (!existsSync(logs))
    await run('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', CLUSTER, '-c', config])
  const launch = () => ({ command: 'java', args: [...java, 'kafka.Kafka', config] })
  const server = await startServer({ name: 'Kafka', port: own, launch })
  return { ...server, url: `kafka://127.0.0.1:${own}` }
}
