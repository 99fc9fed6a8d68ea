/** When somebody of the house may be called away, and by whom they are replaced. Pure. */
import { Failure, type FieldFault } from '@guichet/contracts/failure'
import { answersClients, type Absence } from '@guichet/contracts/values/absence'
import { isRealDay } from '@guichet/contracts/values/day'
import type { StoredAccount } from './account.ts'

/**
 * @param deputy the account that `absence.deputyId` names, where there is one
 * @throws Failure invalid-fields, with what would be right for each field
 */
export function requireAbsence(
  absence: Absence,
  awayId: string,
  away: Pick<StoredAccount, 'companyId'>,
  deputy: StoredAccount | undefined,
): void {
  const faults: FieldFault[] = []
  const fault = (field: keyof Absence, code: string) => faults.push({ path: `absence.${field}`, code })
  if (away.companyId !== null) fault('from', 'absence-of-client')
  if (!isRealDay(absence.from)) fault('from', 'day-unreal')
  if (!isRealDay(absence.until)) fault('until', 'day-unreal')
  else if (absence.until < absence.from) fault('until', 'absence-backwards')
  if (absence.deputyId === awayId) fault('deputyId', 'absence-own-deputy')
  else if (absence.deputyId !== null && !standsIn(deputy)) fault('deputyId', 'deputy-not-at-counter')
  if (faults.length > 0) throw new Failure('invalid-fields', { fields: faults })
}

/** Somebody who answers clients, and is there to do it. */
function standsIn(deputy: StoredAccount | undefined): boolean {
  return deputy?.status === 'active' && answersClients(deputy)
}
