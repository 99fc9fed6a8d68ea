/**
 * An access point over HTTP. Providers differ in detail; this is the part that all have, and what a small bridge
 * translates where one differs:
 *
 *   GET  <url>/participants/<scheme>:<id>          200 {"receives": true|false}; 404: unknown on the network
 *   POST <url>/documents   Idempotency-Key, UBL    200|201|202 {"id": "…"}; 4xx: refused, {"detail": "…"}
 *   GET  <url>/documents/<id>                      200 {"state": "accepted"|"sent"|"delivered"|"failed", "detail"?}
 *
 * `accepted` and `sent` are no delivery. Authorization: Bearer.
 */
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { AccessPointRefusal, AccessPointTrouble, type AccessPoint } from './access-point.ts'

const WITHIN_MS = 20_000
/** Of what it says about a fault. */
const MOST_SAID = 500

const Found = Compile(Type.Object({ receives: Type.Boolean() }))
const Accepted = Compile(Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }))
const Status = Compile(
  Type.Object({
    state: Type.Union([
      Type.Literal('accepted'),
      Type.Literal('sent'),
      Type.Literal('delivered'),
      Type.Literal('failed'),
    ]),
    detail: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
)

export function createHttpAccessPoint({ url, token }: { url: string; token: string }): AccessPoint {
  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await fetch(`${url}${path}`, {
        ...init,
        headers: {
          accept: 'application/json',
          ...(token !== '' && { authorization: `Bearer ${token}` }),
          ...(init.headers as Record<string, string> | undefined),
        },
        redirect: 'error',
        signal: AbortSignal.timeout(WITHIN_MS),
      })
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error
      throw new AccessPointTrouble(codeOf(cause))
    }
  }

  return {
    channel: 'peppol',
    follows: true,
    async lookup(recipient) {
      if (recipient === null) return false
      const response = await call(`/participants/${encodeURIComponent(recipient)}`)
      if (response.status === 404) return false
      if (!response.ok) throw new AccessPointTrouble(`${response.status}`)
      return (await bodyOf(response, Found)).receives
    },
    async submit({ number, sender, recipient, ubl }, idempotencyKey) {
      if (!ubl || recipient === null) throw new Error(`${number} has no electronic document to submit`)
      const response = await call('/documents', {
        method: 'POST',
        body: Buffer.from(ubl),
        headers: {
          'content-type': 'application/xml',
          'idempotency-key': idempotencyKey,
          'x-recipient': recipient,
          ...(sender !== null && { 'x-sender': sender }),
        },
      })
      if (response.ok) return (await bodyOf(response, Accepted)).id
      if (isPassing(response.status)) throw new AccessPointTrouble(`${response.status}`)
      throw new AccessPointRefusal(await detailOf(response))
    },
    async status(submissionId) {
      const response = await call(`/documents/${encodeURIComponent(submissionId)}`)
      // Also a 404: one that it gave an id to does not vanish; it may not have it at hand yet.
      if (!response.ok) throw new AccessPointTrouble(`${response.status}`)
      const { state, detail = null } = await bodyOf(response, Status)
      if (state === 'failed') return { state, said: detail?.slice(0, MOST_SAID) ?? null }
      return { state: state === 'delivered' ? 'delivered' : 'under-way' }
    },
  }
}

/** Our own credentials or its load are nothing that the document could mend. */
function isPassing(status: number): boolean {
  return status >= 500 || [401, 403, 404, 405, 408, 409, 425, 429].includes(status)
}

async function bodyOf<T>(response: Response, schema: { Check(value: unknown): value is T }): Promise<T> {
  const body: unknown = await response.json().catch(() => undefined)
  if (!schema.Check(body)) throw new AccessPointTrouble('an answer that is none')
  return body
}

async function detailOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '')
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown }
    if (typeof detail === 'string') return detail.slice(0, MOST_SAID)
  } catch {
    // Not JSON: what it said, as it said it.
  }
  return `${response.status} ${text}`.trim().slice(0, MOST_SAID)
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : 'unreachable'
}
