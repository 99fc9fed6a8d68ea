/** Fetch all, keep it with its checksum, say so. A ticket that moved on meanwhile is archived again later. */
import { archiveStored } from '@guichet/contracts/archiver'
import { getArchiveMaterial, ticketAged } from '@guichet/contracts/ticket'
import { newEvent, on, retryOnConflict, STAFF_ONLY, type ServiceParts } from '@guichet/service'
import { newBlobId } from '@guichet/store'
import type { Archives } from '../collections.ts'
import { checksumOf, encodeArchive } from '../domain/archive.ts'

export function onTicketAged({ bus, actors, clock }: ServiceParts, archives: Archives) {
  return on(ticketAged, async ({ number }) => {
    const { version, ...archive } = await bus.requests.ask(
      getArchiveMaterial,
      { number },
      { token: await actors.own() },
    )
    if (archive.facts.status !== 'closed') return
    const bytes = encodeArchive(archive)
    const checksum = checksumOf(bytes)
    await retryOnConflict(async () => {
      const known = await archives.get(String(number))
      if (known && known.value.version >= version) return
      const at = clock.now()
      const blob = { id: newBlobId(), bytes }
      const value = {
        version,
        blobId: blob.id,
        checksum,
        archivedAt: at.toString({ smallestUnit: 'millisecond' }),
      }
      const facts = { actor: { kind: 'service' as const, service: 'archiver' }, audience: STAFF_ONLY, at }
      const events = [newEvent(archiveStored, { number, version, checksum }, facts)]
      await archives.commit({
        id: String(number),
        expectedVersion: known?.version ?? 0,
        value,
        events,
        blobs: [blob],
      })
    })
  })
}
