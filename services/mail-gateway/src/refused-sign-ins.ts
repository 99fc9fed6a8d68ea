/** Sign-ins that the mail provider refused: mail waits until somebody mends a password, a token or a client. */
import { counter } from '@guichet/telemetry/metrics'
import type { Context } from './context.ts'

export type SignInAt = 'relay' | 'mailbox'

/** Call it for each one. What has not happened yet is told as 0: a rate over it needs the first value. */
export function refusedSignIns({ parts }: Pick<Context, 'parts'>, at: SignInAt): () => void {
  const refused = counter(
    parts.metrics,
    'guichet_mail_sign_ins_refused_total',
    'Sign-ins of ours that the mail provider refused, or gave no access token for',
    ['service', 'at'],
  )
  const labels = { service: 'mail-gateway', at }
  refused.inc(labels, 0)
  return () => refused.inc(labels)
}
