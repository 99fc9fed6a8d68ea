import { prepaidLow } from '@guichet/contracts/prepaid'
import { on } from '@guichet/service'
import { onPrepaidLow } from '../domain/telling.ts'
import type { Context } from './context.ts'

/** The client, before the overrun is billed; finance, who sell the next pack. */
export function onPrepaidLowEvent({ facts, tell }: Context) {
  return on(prepaidLow, async ({ companyId, remainingMinutes, soldMinutes, validUntil }, event) => {
    const [contacts, finance, company] = await Promise.all([
      facts.contactIds(companyId, ['billing', 'manager']),
      facts.staffIds('finance'),
      facts.companyName(companyId),
    ])
    const occasion = {
      event,
      who: company,
      ticket: null,
      subject: '',
      minutesLeft: remainingMinutes,
      minutesOf: soldMinutes,
      dueOn: validUntil,
    }
    const { clients, house } = onPrepaidLow(contacts, finance)
    const ids = [...clients, ...house].map(({ accountId }) => accountId)
    if (ids.length === 0) return
    const accounts = await facts.accounts(ids)
    await tell(clients, accounts, { ...occasion, path: '/' })
    await tell(house, accounts, { ...occasion, path: `/companies/${companyId}/contract` })
  })
}
