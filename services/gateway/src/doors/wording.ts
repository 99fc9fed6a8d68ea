/** The words for a failure: from the table of the service that answered with it, fetched once. */
import type { Requests } from '@guichet/bus'
import type { ErrorTable, Failure } from '@guichet/contracts/failure'
import { describeErrors } from '@guichet/contracts/service'
import { httpErrors, type Wording } from '@guichet/http'

export function createWording(requests: Requests, originOf: (failure: Failure) => string | undefined) {
  const tables = new Map<string, ErrorTable>()

  async function tableOf(service: string): Promise<ErrorTable> {
    const known = tables.get(service)
    if (known) return known
    const answer = await requests.ask(describeErrors(service), {}).catch(() => undefined)
    // Not answered: the door's own words do for now, and the table is asked for again next time.
    if (answer) tables.set(service, answer.errors)
    return answer?.errors ?? {}
  }

  return async (failure: Failure): Promise<Wording> => {
    const service = originOf(failure)
    const table = service === undefined ? {} : await tableOf(service)
    return (code) => table[code] ?? (httpErrors as ErrorTable)[code]
  }
}
