import { Type, type Static } from 'typebox'
import { Id } from './scalars.ts'

/** As people see it. The id is random and tells nothing of the content. */
export const Attachment = Type.Object({
  id: Id,
  name: Type.String({ minLength: 1, maxLength: 255 }),
  /** Bytes. */
  size: Type.Integer({ minimum: 0 }),
  /** Media type, checked against the content. */
  type: Type.String({ maxLength: 255 }),
})
export type Attachment = Static<typeof Attachment>

/** As services hand it on: with the blob that holds the content, already durable. */
export const StoredAttachment = Type.Object({ ...Attachment.properties, blobId: Id })
export type StoredAttachment = Static<typeof StoredAttachment>
