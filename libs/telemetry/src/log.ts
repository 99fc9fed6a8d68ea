/**
 * One JSON line per entry, with the trace's id when a span is active; readable columns in a terminal. What may be
 * in a line is decided by construction: callers name facts (ids, codes, counts), never bodies, subjects, tokens or
 * addresses, and no object of a person is ever logged whole.
 */
import { pino, type Logger } from 'pino'
import { currentTraceId } from './telemetry.ts'

export type { Logger } from 'pino'
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface LogOptions {
  level: LogLevel
  /** Default: JSON, unless standard output is a terminal. */
  destination?: { write(line: string): void }
}

export async function createLog({ level, destination }: LogOptions): Promise<Logger> {
  const options = {
    level,
    base: null,
    mixin: () => {
      const traceId = currentTraceId()
      return traceId === undefined ? {} : { traceId }
    },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutAddresses },
  }
  return pino(
    options,
    destination ?? (process.stdout.isTTY ? await readable() : pino.destination({ sync: true })),
  )
}

const ADDRESS = /[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}/gi

/** The one text in a line that no caller chose: an error may quote the id of a document, and that be an address. */
function withoutAddresses(error: Error): unknown {
  const scrubbed: unknown = JSON.parse(
    JSON.stringify(pino.stdSerializers.err(error)).replaceAll(ADDRESS, '[address]'),
  )
  return scrubbed
}

/** Loaded for a person only. */
async function readable() {
  const { default: pretty } = await import('pino-pretty')
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' })
}
