/** Every mail that comes in and every mail that goes out. The table of contents. */
import { Failure } from '@guichet/contracts/failure'
import * as mail from '@guichet/contracts/mail'
import {
  agents,
  answer,
  createService,
  hidden,
  staff,
  type RequestCall,
  type Service,
  type ServiceParts,
} from '@guichet/service'
import { createAccessTokens } from './access-tokens.ts'
import { openCollections } from './collections.ts'
import type { MailGatewayConfig } from './config.ts'
import type { Context } from './context.ts'
import { createImapDoor } from './doors/imap/imap.ts'
import { createSmtpDoor } from './doors/smtp.ts'
import { errors } from './errors.ts'
import { onMailReceived } from './handlers/on-mail-received.ts'
import { onMailRequested } from './handlers/on-mail-requested.ts'
import { onMessagePosted } from './handlers/on-message-posted.ts'
import { onTicketOpened } from './handlers/on-ticket-opened.ts'
import { createSender } from './outbound/sender.ts'
import { createLull } from './lull.ts'
import { createMailReader } from './parsing/reader.ts'
import {
  answerDropMail,
  answerGetRawMail,
  answerGetLedgerRow,
  answerListLedger,
  answerOpenTicketFromMail,
  answerReplayMail,
  answerReplaySender,
} from './requests/ledger.ts'
import { answerGetOutgoingMail, answerListOutbox, answerResendMail } from './requests/outbox.ts'
import { createResolver, type Resolve } from './resolver.ts'

export interface MailGatewayService extends Service {
  /** Where SMTP listens, once started. */
  smtpAddress: () => string
}

export function createMailGatewayService(
  parts: ServiceParts<MailGatewayConfig>,
  resolve: Resolve = createResolver(),
): MailGatewayService {
  const reader = createMailReader()
  const context: Context = {
    parts,
    collections: openCollections(parts.store),
    reader,
    lull: createLull(),
    resolve,
  }
  const tokens = createAccessTokens(context)
  const sender = createSender(context, tokens)
  const smtp = createSmtpDoor(context)
  const imap = createImapDoor(context, tokens)
  // Finance sees that a mail came and what came of it; nobody outside the house learns that there is one.
  const handled = hidden(agents, staff)
  const service = createService(
    {
      name: 'mail-gateway',
      errors,
      answers: [
        answer(mail.listLedger, staff, (input) => answerListLedger(context, input)),
        answer(mail.getLedgerRow, hidden(staff), (input) => answerGetLedgerRow(context, input)),
        answer(mail.getRawMail, handled, ({ id }) => answerGetRawMail(context, id)),
        answer(mail.replayMail, handled, ({ id, language }) => answerReplayMail(context, id, language)),
        answer(mail.replaySender, agents, (input) => answerReplaySender(context, input)),
        answer(mail.openTicketFromMail, handled, (input) => answerOpenTicketFromMail(context, input)),
        answer(mail.dropMail, handled, (input, call) => answerDropMail(context, input, person(call))),
        answer(mail.listOutbox, staff, (input) => answerListOutbox(context, input)),
        answer(mail.resendMail, handled, (input) => answerResendMail(context, sender, input)),
        answer(mail.getOutgoingMail, hidden(staff), (input) => answerGetOutgoingMail(context, input)),
      ],
      consumers: [
        {
          name: 'mail-gateway',
          from: 'now',
          handlers: [
            onMailReceived(context),
            onTicketOpened(context),
            onMessagePosted(context),
            onMailRequested(context, sender),
          ],
        },
      ],
      timers: [],
      emits: [
        mail.mailReceived,
        mail.mailAccepted,
        mail.mailQuarantined,
        mail.mailDropped,
        mail.mailBounced,
        mail.mailSettled,
        mail.mailSent,
        mail.mailFailed,
      ],
      audited: [context.collections.received, context.collections.outgoing],
      doors: imap ? [sender, smtp, imap] : [sender, smtp],
    },
    parts,
  )
  return {
    ...service,
    smtpAddress: smtp.address,
    stop: async () => {
      await service.stop()
      await reader.stop()
    },
  }
}

/** The rule let only accounts pass. */
function person({ actor }: RequestCall) {
  if (actor.kind !== 'account') throw new Failure('unauthenticated')
  return actor
}
