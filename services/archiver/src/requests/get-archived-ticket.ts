import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { getArchivedTicket } from '@guichet/contracts/archiver'
import { Failure } from '@guichet/contracts/failure'
import { BlobMissing, type Blobs } from '@guichet/store'
import type { Archives } from '../collections.ts'
import { checksumOf, decodeArchive } from '../domain/archive.ts'

/** Held against its checksum at each read. */
export async function answerGetArchivedTicket(
  archives: Archives,
  blobs: Blobs,
  { number }: InputOf<typeof getArchivedTicket>,
): Promise<OutputOf<typeof getArchivedTicket>> {
  const stored = await archives.get(String(number))
  if (!stored) throw new Failure('not-found')
  const { blobId, checksum, archivedAt } = stored.value
  const bytes = await blobs.read(blobId).catch((error: unknown) => {
    throw error instanceof BlobMissing ? new Failure('archive-damaged', { cause: error }) : error
  })
  if (checksumOf(bytes) !== checksum) throw new Failure('archive-damaged')
  const { facts, openedAt, closedAt, timeline } = decodeArchive(bytes)
  return { facts, openedAt, closedAt, archivedAt, checksum, timeline }
}
