/** How a row of the walk is written. */
import { CALLERS, type Caller, type World } from './world.ts'

export interface Door {
  /** The status for each caller, in the order of `CALLERS`. */
  answers: readonly number[]
  /** Default: the path as it is, with `:number` the client's ticket. Called for each caller, so that things used up are new. */
  path?: (world: World) => string | Promise<string>
  /** JSON for the API, fields for a page. */
  body?: (
    world: World,
    caller: Caller,
  ) => Record<string, unknown> | unknown[] | Promise<Record<string, unknown>>
  /** Nobody is let in here, and why no more can be shown: without it a row in which all are refused proves nothing. */
  closedToAll?: string
  /** The session itself would end by the call: it goes without its cookie. */
  withoutCookie?: true
  /** It puts another session in the place of the one it is called with: the caller signs in anew after it. */
  endsSession?: true
}

/** `stranger owner colleague other rival agent finance admin`: one status each. */
export function door(answers: string, rest: Omit<Door, 'answers'> = {}): Door {
  const statuses = answers.trim().split(/\s+/).map(Number)
  if (statuses.length !== CALLERS.length || statuses.some((status) => !Number.isInteger(status))) {
    throw new Error(`"${answers}" must name a status for each of ${CALLERS.join(', ')}`)
  }
  return { answers: statuses, ...rest }
}

/** The same for everyone. */
export function open(status: number, rest: Omit<Door, 'answers'> = {}): Door {
  return { answers: CALLERS.map(() => status), ...rest }
}
