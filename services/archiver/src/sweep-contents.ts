/**
 * Timer: contents that were put and that no commit has named (an upload whose request failed, a crash in between) go
 * after a day. Contents are one port shared by all services; the archiver is the one who keeps house.
 */
import type { ServiceParts } from '@guichet/service'

/** Longer than any request or retry that may still name them. */
const AFTER_HOURS = 24

export async function sweepContents({ store, clock, log }: ServiceParts): Promise<void> {
  const before = clock.now().subtract({ hours: AFTER_HOURS })
  const swept = await store.blobs.sweepLoose(before.epochMilliseconds)
  if (swept > 0) log.info({ swept }, 'contents that nothing refers to are gone')
}
