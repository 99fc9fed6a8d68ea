/** What every service answers beside its own table: its errors' wording, its dead letters, its history, its audit log. */
import { listDeadLetters, replayHistory, retryDeadLetter } from '@guichet/contracts/delivery'
import { describeErrors, listHistory } from '@guichet/contracts/service'
import type { Delivery } from '@guichet/delivery'
import { pageOfHistory } from './audit.ts'
import { admins, anyone, hidden, services } from './rules.ts'
import { answer, type AnswerEntry, type ServiceDefinition } from './definition.ts'

export function standardAnswers(
  { name, errors, audited = [] }: ServiceDefinition,
  delivery: Delivery,
): AnswerEntry[] {
  return [
    answer(describeErrors(name), anyone, async () => ({ errors })),
    answer(listDeadLetters(name), admins, (query) => delivery.deadLetters.list(query)),
    answer(retryDeadLetter(name), hidden(admins), async ({ id, skip }) => {
      await delivery.deadLetters.retry(id, { skip })
      return {}
    }),
    answer(listHistory(name), hidden(admins), (query) => pageOfHistory(audited, query)),
    answer(replayHistory(name), services(), (input) => delivery.historyPage(input)),
  ]
}
