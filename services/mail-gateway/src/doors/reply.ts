/** The SMTP reply of a failure, from the one table (errors.ts). What we do not know is temporary: the sender keeps the mail. */
import { Failure } from '@guichet/contracts/failure'
import { BlobTooLarge } from '@guichet/store'
import { errors } from '../errors.ts'

export function replyOf(error: unknown): Error & { responseCode: number } {
  const code =
    error instanceof Failure
      ? error.code
      : error instanceof BlobTooLarge
        ? 'mail-too-large'
        : 'store-unavailable'
  const row = errors[code]?.smtp ? errors[code] : errors['store-unavailable']
  const [status = '451', enhanced = '4.3.0'] = (row?.smtp ?? '451 4.3.0').split(' ')
  return Object.assign(new Error(`${enhanced} ${row?.text.en ?? 'Try again later.'}`), {
    responseCode: Number(status),
  })
}
