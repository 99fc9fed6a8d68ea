/** Tables come as one file of a form, with what is to be done with it. */
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import type { Language } from '@guichet/contracts/values/language'
import { Type, type Static } from 'typebox'

export const TableBody = Type.Object(
  { commit: Type.Optional(Type.Union([Type.Boolean(), Type.Literal('true')])) },
  { additionalProperties: false },
)

export function tableIn(call: {
  body: Static<typeof TableBody>
  files: readonly StoredAttachment[]
  language: Language
}) {
  return {
    // Without a file the request says so, to those whom it answers at all.
    blobId: call.files[0]?.blobId ?? 'none',
    commit: call.body.commit === true || call.body.commit === 'true',
    language: call.language,
  }
}
