/** A page says where it is, who may open it, what it shows and what its form does. Rules are the services'. */
import type { ApiCall, Problem } from '@guichet/http'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import type { VNode } from 'preact'

export interface PageCall {
  /** Path parameters. */
  params: Record<string, string>
  query: Record<string, string>
  /** Fields of the submitted form. */
  form: Record<string, string>
  files: StoredAttachment[]
  actor: ApiCall['actor']
  session: string | undefined
  language: ApiCall['language']
  clientAddress: string
  ask: ApiCall['ask']
  brand: string
  supportAddress: string
  /** One-click links of the evaluation, shown on the sign-in page; empty elsewhere. */
  evaluationLinks: readonly { label: string; path: string }[]
}

/** What a form was refused for: it comes back filled. */
export interface Refusal {
  problem: Problem
  values: Record<string, string>
}

export interface Shown {
  title: string
  body: VNode
  status?: number
}

export interface Redirect {
  redirect: string
  /** A new session for the cookie, or null to remove it. */
  session?: { secret: string; expiresAt: string } | null
}

export interface Page {
  path: string
  access: 'public' | 'signed-in'
  show: (call: PageCall, refusal?: Refusal) => Promise<Shown | Redirect>
  /** What the page's form does; a Failure shows the page again, filled. */
  act?: (call: PageCall) => Promise<Redirect>
}
