/**
 * One series, one number at a time: attempts in one process wait for each other. Who waits is printed meanwhile, with
 * the number that it will get if all before it get theirs; when its turn comes and the number is another one after all,
 * that print is thrown away and made again. So the order of numbers is what it was, and the threads are never idle.
 */
import type { Context } from '../context.ts'
import type { PrintOrder } from '../documents/invoice-printer.ts'
import { candidateOf, taken, type SeriesKind, type StoredSeries } from '../domain/series.ts'
import { forget, printedDocuments, type Documents } from './printed-documents.ts'

/** So many are printed before their turn: enough for all threads, few enough to throw away. */
const AHEAD = 8

/** What can be made of a draft before its number is taken; undefined: it will be said at its turn why not. */
export type Prepare = (candidate: ReturnType<typeof candidateOf>) => Promise<PrintOrder | undefined>

interface Waiting {
  kind: () => Promise<SeriesKind | undefined>
  prepare: Prepare
  begun: boolean
  ahead: Promise<{ key: string; documents: Documents } | undefined> | undefined
}

export interface Turn {
  /** Printed before where it was of the same order, else now. `after`: the series when its number is taken. */
  documents(order: PrintOrder, after: StoredSeries): Promise<Documents>
}

export interface IssueLine {
  /** In the order of the calls. */
  inTurn<T>(waiting: Pick<Waiting, 'kind' | 'prepare'>, attempt: (turn: Turn) => Promise<T>): Promise<T>
}

/** A picture is known by its id. */
const keyOf = (order: PrintOrder) =>
  JSON.stringify(order, (name: string, value: unknown) => (name === 'bytes' ? undefined : value))

export function createIssueLine(context: Context): IssueLine {
  const waiting: Waiting[] = []
  let last: Promise<unknown> = Promise.resolve()
  /** The series as it will be when all whose print has begun have their numbers; undefined: to be read. */
  let expected: StoredSeries | undefined
  let looking: Promise<void> | undefined
  let isTaking = false

  function lookAhead(): void {
    looking ??= beginPrints().finally(() => {
      looking = undefined
    })
  }

  /** One after the other: each takes the number after the one before. */
  async function beginPrints(): Promise<void> {
    // Whose turn it is has not said yet which number it takes.
    if (isTaking && !expected) return
    for (let at = 0; at < Math.min(waiting.length, AHEAD); at += 1) {
      const one = waiting[at]
      if (!one || one.begun) continue
      one.begun = true
      const kind = await one.kind()
      if (!kind) continue
      expected ??= (await context.readSeries()).value
      const candidate = candidateOf(expected, kind, context.today())
      expected = taken(expected, kind, candidate, null)
      one.ahead = printed(one.prepare, candidate)
      // Whoever never asks for it must not end the process by it.
      one.ahead.catch(() => undefined)
    }
  }

  async function printed(prepare: Prepare, candidate: ReturnType<typeof candidateOf>) {
    const order = await prepare(candidate)
    return order && { key: keyOf(order), documents: await printedDocuments(context, order) }
  }

  /** The prints that have begun are for numbers that come to nothing: begun again, from what the series says now. */
  function startOver(): void {
    expected = undefined
    for (const one of waiting) {
      throwAway(one.ahead)
      one.begun = false
      one.ahead = undefined
    }
  }

  function throwAway(ahead: Waiting['ahead']): void {
    void ahead?.then((made) => made && forget(context, made.documents)).catch(() => undefined)
  }

  return {
    inTurn(wish, attempt) {
      const own: Waiting = { ...wish, begun: false, ahead: undefined }
      // The first of all has its turn at once: there is nothing to print ahead of.
      const isAlone = waiting.length === 0
      waiting.push(own)
      if (!isAlone) lookAhead()
      const turn = last.then(async () => {
        let used = false
        isTaking = true
        own.begun = true
        try {
          return await attempt({
            async documents(order, after) {
              const made = used ? undefined : await own.ahead?.catch(() => undefined)
              used = true
              expected ??= after
              lookAhead()
              if (made?.key === keyOf(order)) return made.documents
              if (made) {
                await forget(context, made.documents)
                startOver()
                expected = after
                lookAhead()
              }
              return printedDocuments(context, order)
            },
          })
        } catch (error) {
          startOver()
          throw error
        } finally {
          isTaking = false
          if (!used) throwAway(own.ahead)
          waiting.splice(waiting.indexOf(own), 1)
          if (waiting.length === 0) expected = undefined
          else lookAhead()
        }
      })
      last = turn.catch(() => undefined)
      return turn
    },
  }
}
