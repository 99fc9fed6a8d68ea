/**
 * History beyond the log's retention comes from its owner. The owner answers page by page; the consumer remembers
 * how far it came, handles idempotently, and only then reads the log.
 */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { replayHistory } from '@guichet/contracts/delivery'
import type { Envelope } from '@guichet/contracts/envelope'
import { VersionConflict, type CollectionDefinition, type Store } from '@guichet/store'

type ReplayHistory = ReturnType<typeof replayHistory>

const DEFAULT_PAGE = 100
/** A page that finds little still comes back, so that no question runs into its time limit. */
const MOST_SCANNED = 5000
/** An answer must pass the broker (1 MB by default in NATS). */
const MOST_BYTES = 512 * 1024

/** The owner's side. */
export async function historyPage(
  store: Store,
  input: InputOf<ReplayHistory>,
): Promise<OutputOf<ReplayHistory>> {
  const subjects = new Set(input.subjects)
  const limit = input.limit ?? DEFAULT_PAGE
  const events: Envelope[] = []
  let next = input.after ?? null
  let scanned = 0
  let bytes = 0
  for await (const { position, event } of store.recorded(input.after)) {
    if (events.length >= limit || scanned >= MOST_SCANNED || bytes >= MOST_BYTES) {
      return { events, next, complete: false }
    }
    next = position
    scanned += 1
    if (!subjects.has(event.subject)) continue
    events.push(event)
    bytes += JSON.stringify(event).length
  }
  return { events, next, complete: true }
}

/** How far a consumer has come in an owner's history. */
export interface ReplayPosition {
  next: string | null
  complete: boolean
}

export function replayPositions(service: string): CollectionDefinition<ReplayPosition> {
  return { name: `${service}-replay-positions` }
}

export interface ReplayOptions {
  consumer: string
  owner: string
  subjects: readonly string[]
  store: Store
  /** Asks the owner for one page. */
  ask: (input: InputOf<ReplayHistory>) => Promise<OutputOf<ReplayHistory>>
  receive: (event: Envelope) => Promise<void>
}

/** The consumer's side: to the end of the history, from where it stopped. Done once; then it returns at once. */
export async function replayFromOwner(options: ReplayOptions): Promise<void> {
  const positions = options.store.collection(replayPositions(options.store.service))
  const id = `${options.consumer}/${options.owner}`
  for (;;) {
    const stored = await positions.get(id)
    if (stored?.value.complete) return
    const after = stored?.value.next ?? undefined
    const page = await options.ask({ subjects: [...options.subjects], after })
    for (const event of page.events) await options.receive(event)
    const value = { next: page.next, complete: page.complete }
    try {
      await positions.commit({ id, expectedVersion: stored?.version ?? 0, value })
    } catch (error) {
      // Another copy replays too; whichever is ahead, both go on from what is written.
      if (!(error instanceof VersionConflict)) throw error
    }
  }
}
