/** A piece of service time. Billing owns it from the moment it is logged, so that no minute has two owners. */
import type { FieldFault } from '@guichet/contracts/failure'
import { decimal, plain, ZERO } from './amounts.ts'
import { isRealDay, plusDays } from './days.ts'

export interface StoredPrestation {
  ticket: number
  companyId: string
  workedOn: string
  /** `HH:MM` by the clock here, where it was noted. */
  startedAt?: string | undefined
  minutes: number | null
  quantity: string | null
  kind: string
  description: string
  billable: boolean
  agent: { id: string; name: string }
  loggedAt: string
  /** The draft or invoice that bills it. This field alone says so; what state that is in says the invoice. */
  invoiceId: string | null
  /** Finance keeps it from the runs. */
  heldBack?: { reason: string; by: { id: string; name: string }; at: string }
}

/** What people write of it. */
export type PrestationFields = Pick<
  StoredPrestation,
  'workedOn' | 'startedAt' | 'minutes' | 'quantity' | 'kind' | 'description' | 'billable'
>

/** As it is when it is noted: on no draft. */
export function notedPrestation(
  fields: PrestationFields,
  noted: Pick<StoredPrestation, 'ticket' | 'companyId' | 'loggedAt'> & {
    by: { accountId: string; name: string }
  },
): StoredPrestation {
  const { ticket, companyId, loggedAt, by } = noted
  return {
    ...fields,
    ticket,
    companyId,
    agent: { id: by.accountId, name: by.name },
    loggedAt,
    invoiceId: null,
  }
}

export interface PrestationInput {
  workedOn?: string
  startedAt?: string | null
  minutes?: number
  quantity?: string
  kind?: string
  description?: string
  billable?: boolean
}

/** Work is logged when it is done; a month ahead is room for what is planned, more is a slip of the year. */
const FUTURE_DAYS = 31
const PAST_DAYS = 3660

/** The last day that work can be noted for. */
export const lastWorkDay = (today: string): string => plusDays(today, FUTURE_DAYS)

/** The fields as they will be, or what is wrong with them. `before` undefined: a new one. */
export function prestationFields(
  before: PrestationFields | undefined,
  given: PrestationInput,
  today: string,
): { fields: PrestationFields; faults: FieldFault[] } {
  const faults: FieldFault[] = []
  // Naming one measure replaces the other: a correction from minutes to kilometres needs no second step.
  const kept = given.minutes === undefined && given.quantity === undefined
  const minutes = kept ? (before?.minutes ?? null) : (given.minutes ?? null)
  const quantity = kept
    ? (before?.quantity ?? null)
    : given.quantity === undefined
      ? null
      : plain(given.quantity)
  if (minutes !== null && quantity !== null) faults.push({ path: 'quantity', code: 'minutes-or-quantity' })
  if (minutes === null && quantity === null) faults.push({ path: 'minutes', code: 'minutes-or-quantity' })
  if (quantity !== null && decimal(quantity).lte(ZERO))
    faults.push({ path: 'quantity', code: 'quantity-zero' })

  const workedOn = given.workedOn ?? before?.workedOn ?? ''
  if (!isRealDay(workedOn)) faults.push({ path: 'workedOn', code: 'no-such-day' })
  else if (workedOn > lastWorkDay(today)) faults.push({ path: 'workedOn', code: 'day-too-late' })
  else if (workedOn < plusDays(today, -PAST_DAYS)) faults.push({ path: 'workedOn', code: 'day-too-early' })

  // Kilometres have no hour.
  const startedAt =
    minutes === null
      ? undefined
      : ((given.startedAt === undefined ? before?.startedAt : given.startedAt) ?? undefined)
  const kind = (given.kind ?? before?.kind ?? '').trim()
  if (kind === '') faults.push({ path: 'kind', code: 'required' })
  const description = (given.description ?? before?.description ?? '').trim()
  const billable = given.billable ?? before?.billable ?? true
  return { fields: { workedOn, startedAt, minutes, quantity, kind, description, billable }, faults }
}

/** Names of the fields that differ, for the event. */
export function changedFields(before: PrestationFields, after: PrestationFields): string[] {
  return (Object.keys(after) as (keyof PrestationFields)[]).filter((name) => before[name] !== after[name])
}
