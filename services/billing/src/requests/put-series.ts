import type { putSeries } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import { SERIES_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import { settingsOf, withSettings } from '../domain/series.ts'
import { settingsChanged } from '../settings-changed.ts'

/** A number that waits for its document keeps it: the settings count from the next one on. */
export async function answerPutSeries(
  context: Context,
  { series: given }: InputOf<typeof putSeries>,
  actor: Actor,
): Promise<OutputOf<typeof putSeries>> {
  return retryOnConflict(async () => {
    const stored = await context.readSeries()
    const { series, faults } = withSettings(stored.value, given)
    if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
    const [before, after] = [settingsOf(stored.value), settingsOf(series)]
    await context.series.commit({
      id: SERIES_ID,
      expectedVersion: stored.version,
      value: series,
      events: settingsChanged(context, { setting: 'series', before, after }, actor),
    })
    return after
  })
}
