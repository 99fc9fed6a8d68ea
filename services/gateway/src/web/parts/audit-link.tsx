/** The way to an object's audit log, for those who may read it. */
import { isStaffWith } from '@guichet/access'
import type { AuditedKind } from '../../audited.ts'
import type { PageCall } from '../page.ts'
import { auditTexts } from '../texts/audit.ts'

export function AuditLink({ call, kind, id }: { call: PageCall; kind: AuditedKind; id: string }) {
  if (call.actor === undefined || !isStaffWith(call.actor, 'admin')) return null
  return (
    <p class="hint section">
      <a href={`/audit/${kind}/${encodeURIComponent(id)}`}>{auditTexts(call.language).link}</a>
    </p>
  )
}
