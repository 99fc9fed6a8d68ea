/** The SMTP reply of a failure, from the one table (errors.ts). What we do not know is temporary: the sender keeps the mail. */
import { Failure } from '@guichet/contracts/failure'
import { BlobTooLarge } from '@guichet/store'
import { errors } from '../errors.ts'

const SQLITE_FULL = 13

/** Whatever wrapped it: the file system's ENOSPC and EDQUOT, SQLite's own word for it. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as Error & { code?: unknown; errcode?: unknown }
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === SQLITE_FULL) return true
  return isDiskFull(error.cause)
}

export function replyOf(error: unknown): Error & { responseCode: number } {
  const code =
    error instanceof Failure
      ? error.code
      : error instanceof BlobTooLarge
        ? 'mail-too-large'
        : isDiskFull(error)
          ? 'disk-full'
          : 'store-unavailable'
  const row = errors[code]?.smtp ? errors[code] : errors['store-unavailable']
  const [status = '451', enhanced = '4.3.0'] = (row?.smtp ?? '451 4.3.0').split(' ')
  return Object.assign(new Error(`${enhanced} ${row?.text.en ?? 'Try again later.'}`), {
    responseCode: Number(status),
  })
}
