/** The services behind the gateway that keep events, dead letters and an error table of their own. */
export const SERVICES = ['identity', 'ticket', 'mail-gateway', 'notification', 'archiver', 'billing'] as const
