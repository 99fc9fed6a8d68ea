/**
 * The end of the log in memory: every consumer reads each event a moment after its commit, and the process that holds
 * the file's lock wrote it itself. What lies further back is read from the table.
 */

/** Bounds of what is kept: older ones are forgotten first. */
const MOST_EVENTS = 4096
const MOST_CHARACTERS = 4 * 1024 * 1024

interface Written {
  seq: number
  subject: string
  json: string
}

export interface Tail {
  /** Inside a transaction: written, and true once that is committed. */
  note: (event: Written) => void
  committed: () => void
  undone: () => void
  /** Of the last event committed. */
  lastSeq: () => number
  /** As the table would answer; undefined: it reaches further back than this does. */
  after: (seq: number, limit: number, subjects: ReadonlySet<string>) => Written[] | undefined
}

/** @param startsAfter the last event of the table when this began. */
export function createTail(startsAfter: number): Tail {
  let events: Written[] = []
  let fresh: Written[] = []
  let forgottenTo = startsAfter
  let characters = 0

  function forget(): void {
    if (events.length <= MOST_EVENTS && characters <= MOST_CHARACTERS) return
    let gone = 0
    // Half at once, so that the rest is not moved with each event.
    while (
      events.length - gone > MOST_EVENTS / 2 ||
      (characters > MOST_CHARACTERS / 2 && gone < events.length)
    ) {
      characters -= events[gone]?.json.length ?? 0
      gone += 1
    }
    forgottenTo = events[gone - 1]?.seq ?? forgottenTo
    events = events.slice(gone)
  }

  /** Index of the first one beyond. */
  function beyond(seq: number): number {
    let [low, high] = [0, events.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((events[middle]?.seq ?? 0) > seq) high = middle
      else low = middle + 1
    }
    return low
  }

  return {
    note: (event) => fresh.push(event),
    committed: () => {
      for (const event of fresh) {
        events.push(event)
        characters += event.json.length
      }
      fresh = []
      forget()
    },
    undone: () => {
      fresh = []
    },
    lastSeq: () => events.at(-1)?.seq ?? forgottenTo,
    after: (seq, limit, subjects) => {
      if (seq < forgottenTo) return undefined
      const found: Written[] = []
      for (let index = beyond(seq); index < events.length && found.length < limit; index += 1) {
        const event = events[index]
        if (event && subjects.has(event.subject)) found.push(event)
      }
      return found
    },
  }
}
