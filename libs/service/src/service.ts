/** What every process is made of. The types of the table of contents are in definition.ts. */
export * from './definition.ts'
export { effectId } from '@guichet/delivery'
export { changedFields } from './changed-fields.ts'
export { createService } from './create-service.ts'
export { EventRefused, guardedStore } from './guarded-store.ts'
export { newEvent, NO_ONE, STAFF_ONLY } from './new-event.ts'
export { retryOnConflict } from './retry-on-conflict.ts'
export {
  admins,
  agents,
  anyone,
  billingContacts,
  either,
  finance,
  hidden,
  managers,
  services,
  signedIn,
  staff,
} from './rules.ts'
export { StartFault } from './start-fault.ts'
export { portFault } from './start-fault.ts'
export { systemClock } from './system-clock.ts'
