import type { Bounce } from '../domain/read-bounce.ts'

/** A mail as its reader hands it over: facts, texts, files. Nothing of it has been decided on. */
export interface ParsedMail {
  headers: [name: string, values: string[]][]
  /** Every address of From. */
  from: string[]
  to: string[]
  cc: string[]
  subject: string
  messageId: string | null
  text: string
  /** Sanitised; null when the mail had none. */
  html: string | null
  attachments: { name: string; type: string; bytes: Uint8Array }[]
  /** Whose mail came back and why, should this be a bounce. */
  bounce: Bounce
}
