/** Parsers of mailauth that it ships without types; these are the parts used here. */
declare module 'mailauth/lib/parse-received.js' {
  interface Clause {
    value: string
    comment?: string
  }
  export type Received = Record<'from' | 'by' | 'with', Clause | undefined>
  /** A whole field, its name included; false where it is none. */
  export function parseReceived(field: Uint8Array | string): Received | false
  /** The address that the connection came from, never one that the client claims of itself. */
  export function getClientAddress(from: Clause | undefined): string | false
}

declare module 'mailauth/lib/parse-dkim-headers.js' {
  /** `header` and `smtp` are the ptypes of RFC 8601 §2.2 that are read here. */
  interface ResultInfo {
    value: string
    header?: Record<string, string | undefined>
    smtp?: Record<string, string | undefined>
    policy?: Record<string, string | undefined>
  }
  interface AuthenticationResults {
    /** The authserv-id as written, in lower case; a version may follow it. */
    value?: string
    spf?: ResultInfo
    dkim?: ResultInfo[]
    dmarc?: ResultInfo
  }
  /** @param field (ARC-)Authentication-Results, its name included */
  export default function parseDkimHeaders(field: Uint8Array | string): { parsed: AuthenticationResults }
}
