/** The few shapes an answer takes. */
import type { ApiReply } from '@guichet/http'

export const ok = (body: unknown): ApiReply => ({ status: 200, body })
export const created = (body: unknown, location: string): ApiReply => ({
  status: 201,
  body,
  headers: { location },
})
export const accepted = (): ApiReply => ({ status: 202, body: {} })
export const done = (): ApiReply => ({ status: 204 })

/** Where the API lives; Location headers and the documentation speak of it. */
export const API = '/api/v1'
