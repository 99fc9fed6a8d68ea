/** Why a process cannot start, in one line that says what would be right. Nothing to wait for: exit 1. */
export class StartFault extends Error {
  override name = 'StartFault'
}

/** What a door throws when its port cannot be had. */
export function portFault(setting: string, host: string, port: number, error: unknown): StartFault {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  const why = code === 'EADDRINUSE' ? 'another program listens there' : code
  return new StartFault(`${setting}: ${host}:${port} cannot be listened on (${why}): give a free port, or 0`)
}
