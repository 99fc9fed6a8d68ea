export { ticketConfig } from './config.ts'
export { createTicketService } from './service.ts'
