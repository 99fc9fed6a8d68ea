/**
 * A failure that a reader is told about. Across the bus travels `{code, params}` only; the door words it in
 * the reader's language. Anything else that is thrown is a defect: it is logged and answered as `internal`.
 */

/** One field that was wrong: `path` as in the request body (`address.zip`), `code` says what would be right. */
export interface FieldFault {
  path: string
  code: string
  params?: Record<string, string | number>
}

export interface FailureOptions {
  params?: Record<string, string | number>
  fields?: FieldFault[]
  /** The same call may succeed later, unchanged. Decides between retry and dead letter. */
  retryable?: boolean
  cause?: unknown
}

export class Failure extends Error {
  readonly code: string
  readonly params: Record<string, string | number>
  readonly fields: FieldFault[]
  readonly retryable: boolean

  constructor(code: string, options: FailureOptions = {}) {
    super(code, { cause: options.cause })
    this.name = 'Failure'
    this.code = code
    this.params = options.params ?? {}
    this.fields = options.fields ?? []
    this.retryable = options.retryable ?? false
  }
}

/** One row of a service's error table (`src/errors.ts`): everything a door needs to answer with it. */
export interface ErrorRow {
  /** HTTP status of the problem+json. */
  status: number
  /** What is wrong and what would be right, with `{param}` placeholders. */
  text: { fr: string; nl: string; en: string }
  /** SMTP reply where the error can meet a mail client, `451 4.3.0`. */
  smtp?: string
  retryable?: boolean
}
export type ErrorTable = Record<string, ErrorRow>

/** Puts params into the `{name}` places of a row's text. */
export function filledIn(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}
