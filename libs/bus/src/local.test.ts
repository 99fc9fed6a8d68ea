import { openLocalRequests } from './local.ts'
import { liveSuite, requestsSuite, type RequestsWorld } from './suite.ts'

// One process: copies share what carries the questions. Each test has subjects of its own.
const defects: [string, unknown][] = []
const shared = openLocalRequests((subject, error) => void defects.push([subject, error]))
const world: RequestsWorld = {
  connect: () => {
    defects.length = 0
    return Promise.resolve({ ...shared, defects, close: () => Promise.resolve() })
  },
}
requestsSuite('local', world)
liveSuite('local', world)
