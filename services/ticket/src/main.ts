import { runProcess } from '@guichet/service/main'
import { createTicketService, ticketConfig } from './index.ts'

await runProcess({ name: 'ticket', configSchema: ticketConfig, create: createTicketService })
