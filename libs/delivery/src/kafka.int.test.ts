import { distributedSuite } from './distributed-suite.ts'

await distributedSuite('Kafka', 'kafka')
