import { distributedSuite } from './distributed-suite.ts'

await distributedSuite('NATS', 'nats')
