/** What this copy hears from all copies, handed to the browsers that are open here. */
import type { Live } from '@guichet/bus'
import { happened } from '@guichet/contracts/gateway'
import { accessChanged } from '@guichet/contracts/identity'
import { unreadChanged } from '@guichet/contracts/notification'
import { presence } from '@guichet/contracts/ticket'
import type { Door } from '@guichet/service'
import type { EventStreams } from './event-streams.ts'

export function createLiveWatch(live: Live, streams: EventStreams): Door {
  let watches: { stop(): Promise<void> }[] = []
  return {
    name: 'live',
    start: async () => {
      watches = await Promise.all([
        live.watch(happened, (data, audience) =>
          streams.deliver(
            {
              event: kindOf(data.subject),
              data: { subject: data.subject, number: data.ticket, key: data.key },
            },
            audience,
          ),
        ),
        live.watch(presence, (data, audience) => streams.deliver({ event: 'presence', data }, audience)),
        live.watch(accessChanged, ({ accountId }) => streams.endOf(accountId)),
        live.watch(unreadChanged, ({ unread }, audience) =>
          streams.deliver({ event: 'counters', data: { unread } }, audience),
        ),
      ])
    },
    stop: async () => {
      await Promise.all(watches.map((watch) => watch.stop()))
    },
  }
}

/** `ticket.opened` → `ticket`; time on a ticket changes what the ticket's page shows. */
function kindOf(subject: string): string {
  if (subject.startsWith('billing.prestation')) return 'ticket'
  if (subject.startsWith('billing.')) return 'invoice'
  return subject.split('.')[0] ?? subject
}
