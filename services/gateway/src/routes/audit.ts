/** What happened to one object, as it was recorded. */
import { Failure } from '@guichet/contracts/failure'
import { AuditEntry, listHistory } from '@guichet/contracts/service'
import { PageOf, PageQuery } from '@guichet/contracts/values/paging'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { AUDITED, isAuditedKind } from '../audited.ts'
import { ok } from './replies.ts'

export const auditRoutes = [
  route({
    method: 'GET',
    path: '/audit/:kind/:id',
    access: 'signed-in',
    tag: 'Audit',
    summary: 'The audit log of one object, newest first',
    params: Type.Object({ kind: Type.String({ maxLength: 100 }), id: Type.String({ maxLength: 400 }) }),
    query: Type.Object({ ...PageQuery }),
    answers: { 200: PageOf(AuditEntry) },
    handle: async ({ ask, params, query }) => {
      if (!isAuditedKind(params.kind)) throw new Failure('not-found')
      const { service, collection } = AUDITED[params.kind]
      return ok(await ask(listHistory(service), { collection, id: params.id, ...query }))
    },
  }),
]
