/** What a message says. Written as a blob before anything refers to it; erased without touching history. */
import { Type, type Static } from 'typebox'
import { Nullable } from './scalars.ts'

export const MessageBody = Type.Object({
  /** What the author wrote. */
  text: Type.String(),
  /** What was folded away (quotes, signature); with `text` it holds every line the author sent. */
  quoted: Nullable(Type.String()),
  /**
   * Sanitised HTML of the same. `<img src="cid:…">` names one of the message's attachments by its id;
   * `<img data-remote="https://…">` is on somebody's server and is fetched by nobody unasked.
   */
  html: Nullable(Type.String()),
})
export type MessageBody = Static<typeof MessageBody>

export function encodeMessageBody(body: MessageBody): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}

export function decodeMessageBody(bytes: Uint8Array): MessageBody {
  return JSON.parse(new TextDecoder().decode(bytes)) as MessageBody
}
