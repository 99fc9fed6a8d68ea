/** One event, one attempt: checked at the door, handed to its handler, measured. */
import { schemaFaults } from '@guichet/contracts/check'
import type { EventContract } from '@guichet/contracts/definition'
import type { Envelope } from '@guichet/contracts/envelope'
import { VersionConflict } from '@guichet/store'
import { faultOf, type Fault } from './policy.ts'

export interface EventHandler {
  contract: EventContract
  handle: (data: never, event: Envelope) => Promise<void>
}

/** undefined: done. */
export type Attempt = (event: Envelope) => Promise<{ fault: Fault; error: unknown } | undefined>

/** Another writer was faster: reading and deciding again right away mostly settles it. */
const IMMEDIATE_TRIES = 4

/**
 * @throws Error when two handlers claim one subject and version.
 * An event older than the contract is read by the contract's schema: a new field is optional, old versions parse for
 * ever. A newer one is unknown here.
 */
export function createAttempt(handlers: readonly EventHandler[]): Attempt {
  const bySubject = new Map<string, EventHandler[]>()
  for (const handler of handlers) {
    const { subject, version } = handler.contract
    const known = bySubject.get(subject) ?? []
    if (known.some(({ contract }) => contract.version === version)) {
      throw new Error(`Two handlers of ${subject} version ${version}`)
    }
    known.push(handler)
    bySubject.set(
      subject,
      known.sort((a, b) => a.contract.version - b.contract.version),
    )
  }

  return async (event) => {
    const handler = bySubject.get(event.subject)?.find(({ contract }) => contract.version >= event.version)
    if (!handler) {
      return refused('unknown-schema', `${event.subject} version ${event.version} is not known here`)
    }
    const faults = schemaFaults(handler.contract.data, event.data)
    if (faults.length > 0) {
      return refused('invalid-data', faults.map(({ path, code }) => `${path}: ${code}`).join(', '))
    }
    for (let tries = 1; ; tries += 1) {
      try {
        await handler.handle(event.data as never, event)
        return undefined
      } catch (error) {
        if (error instanceof VersionConflict && tries < IMMEDIATE_TRIES) continue
        return { fault: faultOf(error), error }
      }
    }
  }
}

function refused(code: string, reason: string) {
  return { fault: { code, reason, dies: 'now' } as const, error: undefined }
}
