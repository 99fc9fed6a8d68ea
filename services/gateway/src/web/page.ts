/** A page says where it is, who may open it, what it shows and what its form does. Rules are the services'. */
import type { ApiCall, Problem } from '@guichet/http'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import type { VNode } from 'preact'

export interface PageCall {
  /** Where the reader is, without the query: `/tickets/1001`. */
  path: string
  /** The part of a page that asks for itself (`Turbo-Frame`), e.g. `panel`. */
  frame: string | undefined
  /** What the reader was told and has not viewed. */
  unread: number
  /** What the call before this one did. */
  done: Done | undefined
  /** Path parameters. */
  params: Record<string, string>
  query: Record<string, string>
  /** Fields of the submitted form. */
  form: Record<string, string>
  files: StoredAttachment[]
  /** Keeps text as if it had come as a file; the blob's id. Nothing refers to it yet. */
  keep: (text: string) => Promise<string>
  actor: ApiCall['actor']
  session: string | undefined
  /** The word between the two steps of a sign-in, from its own cookie. */
  pending: string | undefined
  /** A second factor is due first: the page stands alone, without the menu to what is closed. */
  enrolling: boolean
  language: ApiCall['language']
  clientAddress: string
  userAgent: string | undefined
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

/** Said once on the next page. */
export interface Done {
  text: string
  /** The path to which a POST takes it back. */
  undo?: string
}

export interface Shown {
  title: string
  /** The page; where it is missing, the panel's contents are the page. */
  body?: VNode
  /** What the side panel shows when it is the side panel that asks. */
  panel?: VNode
  /** How the page lies: `page` (default), `list`, `ticket`, `card` (one thing in the middle). */
  layout?: 'page' | 'list' | 'ticket' | 'card'
  /** What happens that this page follows: `ticket`, `ticket:1001`, `notification`, `invoice`, `mail`. */
  live?: string
  /** The ticket that this page is, for its tab. */
  ticket?: { number: number; subject: string }
  status?: number
  /** A new session for the cookie. */
  session?: Redirect['session']
}

/** A document that is not the portal's: what a stranger wrote, under a policy of its own. */
export interface Bare {
  html: string
  /** Content-Security-Policy. */
  policy: string
}

export interface Redirect {
  redirect: string
  done?: Done
  /** A new session for the cookie, or null to remove it. */
  session?: { secret: string; expiresAt: string } | null
  /** What the second step of the sign-in needs, or null to remove it. */
  pending?: { secret: string; expiresAt: string } | null
}

/**
 * Who may open a page at all; `enrolling`: everyone of the house, also who must set up a second factor first. To everyone else a page of the house does not exist: it is not found, never forbidden.
 * What is on it is decided by the services, request by request.
 */
export type PageAccess = 'public' | 'signed-in' | 'enrolling' | 'staff' | 'finance' | 'admin'

export interface Page {
  path: string
  access: PageAccess
  show: (call: PageCall, refusal?: Refusal) => Promise<Shown | Redirect | Bare>
  /**
   * What the page's form does; a Failure shows the page again, filled. What may be seen once only is shown by the answer
   * itself, and its form says `data-turbo="false"`.
   */
  act?: (call: PageCall) => Promise<Redirect | Shown>
}
