/**
 * What every store promises, run unchanged on each engine against the real thing. `open` gives a fresh place;
 * `reopen` closes and opens the same place again.
 */
import { afterAll, beforeAll, describe } from 'vitest'
import { describeCommits } from './suite/commits.ts'
import { describeContents } from './suite/contents.ts'
import { describeFinding } from './suite/finding.ts'
import { describeOutbox } from './suite/outbox.ts'
import { collectionOf, type Stage, type SuitePlace } from './suite/things.ts'

export function storeSuite(name: string, open: () => Promise<SuitePlace>): void {
  describe(name, () => {
    let opened: Stage
    const stage = () => opened
    beforeAll(async () => {
      const place = await open()
      opened = { place, things: collectionOf(place.engine) }
    })
    afterAll(() => opened.place.close())

    describeCommits(stage)
    describeFinding(stage)
    describeContents(stage)
    describeOutbox(stage)
  })
}
