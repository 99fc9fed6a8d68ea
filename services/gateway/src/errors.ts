import type { ErrorTable } from '@guichet/contracts/failure'
import { httpErrors } from '@guichet/http'

/** The gateway decides nothing: what it refuses is what any HTTP door refuses. */
export const errors: ErrorTable = httpErrors
