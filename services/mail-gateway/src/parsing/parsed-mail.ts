import type { Bounce } from '../domain/read-bounce.ts'
import type { KeptFile } from './kept-files.ts'

/** A mail as its reader hands it over: facts, texts, files. Nothing of it has been decided on. */
export interface ParsedMail {
  headers: [name: string, values: string[]][]
  /** Every address of From. */
  from: string[]
  to: string[]
  cc: string[]
  subject: string
  messageId: string | null
  /** Whole, as it came. */
  text: string
  /** What its author wrote, and what was folded away of the rest (domain/fold-quotes.ts): together all of it. */
  said: string
  quoted: string | null
  /** Sanitised (parsing/harmless-html.ts): a `cid:` is the place of an attachment. null when the mail had none. */
  html: string | null
  attachments: ({ name: string; type: string } & KeptFile)[]
  /** Whose mail came back and why, should this be a bounce. */
  bounce: Bounce
}
